import { describe, expect, it } from "vitest";
import { drawn, placeFor, planeOf, readRings, typed, writeRings } from "../src/map/plane";

describe("outlines as people type them", () => {
  it("reads a point a line, with a comma, a blank or a Chinese comma between the numbers", () => {
    expect(readRings("109.1, 24.3\n109.2 24.3\n109.2，24.4")).toEqual([[[109.1, 24.3], [109.2, 24.3], [109.2, 24.4]]]);
  });

  it("begins the next ring at an empty line and skips what is no point", () => {
    expect(readRings("1, 2\n\n\n3, 4\nhere\n5\n6, 7, 8")).toEqual([[[1, 2]], [[3, 4]]]);
  });

  it("writes what it reads", () => {
    const text = "1, 2\n3, 4\n5, 6\n\n7, 8\n9, 10\n11, 12";
    expect(writeRings(readRings(text))).toBe(text);
  });
});

describe("the plane of the drawing", () => {
  const plane = planeOf({ x0: "109", y0: "25", kx: "1000", ky: "-1100", digits: "6" });

  it("leads from degrees to the drawing and back", () => {
    expect(drawn(plane, [109.5, 24.5])).toEqual([500, 550]);
    expect(typed(plane, [500, 550])).toEqual([109.5, 24.5]);
  });

  it("takes the drawing's own units where none are given", () => {
    expect(typed(planeOf({}), [12.4, 7.6])).toEqual([12, 8]);
  });
});

describe("where a new point goes", () => {
  it("goes to the end while there is no shape yet", () => {
    expect(placeFor([[0, 0], [10, 0]], [5, 5])).toBe(2);
  });

  it("goes into the side that lies nearest", () => {
    const square = [[0, 0], [10, 0], [10, 10], [0, 10]] as const;
    expect(placeFor(square, [11, 5])).toBe(2);
    expect(placeFor(square, [-1, 5])).toBe(4);
  });
});
