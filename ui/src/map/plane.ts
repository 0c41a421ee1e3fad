// Coordinates: what people type (degrees, or dots of a picture) and the units of the drawing, with y growing downwards.

export type Spot = readonly [x: number, y: number];
export type Ring = Spot[];

/** How typed coordinates become units of the drawing: (value - origin) * factor. */
export interface Plane {
  x0: number;
  y0: number;
  kx: number;
  ky: number;
  digits: number;
}

export function planeOf(data: DOMStringMap): Plane {
  const number = (name: string, otherwise: number) => {
    const value = Number(data[name]);
    return data[name] && Number.isFinite(value) ? value : otherwise;
  };
  return {
    x0: number("x0", 0),
    y0: number("y0", 0),
    kx: number("kx", 1) || 1,
    ky: number("ky", 1) || 1,
    digits: number("digits", 0),
  };
}

export const drawn = (plane: Plane, [x, y]: Spot): Spot => [(x - plane.x0) * plane.kx, (y - plane.y0) * plane.ky];

export const typed = (plane: Plane, [x, y]: Spot): Spot => [
  Number((x / plane.kx + plane.x0).toFixed(plane.digits)),
  Number((y / plane.ky + plane.y0).toFixed(plane.digits)),
];

/** Reads rings as people type them: a point a line, "x, y"; an empty line begins the next ring. Other lines are skipped. */
export function readRings(text: string): Ring[] {
  const rings: Ring[] = [[]];
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) {
      rings.push([]);
      continue;
    }
    const parts = line.trim().split(/[\s,;，；、]+/).map(Number);
    const [x, y] = parts;
    if (parts.length === 2 && x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y)) {
      rings[rings.length - 1]?.push([x, y]);
    }
  }
  return rings.filter((ring) => ring.length > 0);
}

export const writeRings = (rings: readonly (readonly Spot[])[]): string =>
  rings
    .filter((ring) => ring.length > 0)
    .map((ring) => ring.map(([x, y]) => `${x}, ${y}`).join("\n"))
    .join("\n\n");

/** Where in a ring a new point belongs: behind the end of a ring of one or two, else into the side that lies nearest. */
export function placeFor(ring: readonly Spot[], spot: Spot): number {
  if (ring.length < 3) return ring.length;
  let best = ring.length;
  let least = Infinity;
  ring.forEach((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from;
    const distance = fromSide(spot, from, to);
    if (distance < least) {
      least = distance;
      best = index + 1;
    }
  });
  return best;
}

function fromSide([x, y]: Spot, [ax, ay]: Spot, [bx, by]: Spot): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const share = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
