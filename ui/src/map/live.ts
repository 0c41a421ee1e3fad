// Makes the drawing that the server sent movable: Leaflet carries the same SVG, nothing is drawn or fetched again.
import { CRS, control, map as makeMap, svgOverlay, type Map as LeafletMap } from "leaflet";

export interface Live {
  map: LeafletMap;
  svg: SVGSVGElement;
}

const MOVED = 5;
const SMALLEST = 12;

export function live(frame: HTMLElement): Live | undefined {
  const svg = frame.querySelector<SVGSVGElement>("svg.map-drawing");
  if (!svg) return undefined;
  const { width, height } = svg.viewBox.baseVal;
  const stage = document.createElement("div");
  stage.className = "map-stage";
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", frame.dataset["label"] ?? "");
  stage.style.aspectRatio = `${width} / ${height}`;
  frame.classList.add("is-live");
  frame.append(stage);
  const bounds: [[number, number], [number, number]] = [[-height, 0], [0, width]];
  const map = makeMap(stage, {
    crs: CRS.Simple,
    zoomSnap: 0.25,
    zoomDelta: 1,
    minZoom: -6,
    maxZoom: 7,
    attributionControl: false,
    zoomControl: false,
    keyboard: true,
    scrollWheelZoom: frame.dataset["wheel"] === "on",
  });
  map.fitBounds(bounds, { animate: false });
  svgOverlay(svg, bounds, { interactive: true }).addTo(map);
  control.zoom({ zoomInTitle: frame.dataset["zoomIn"] ?? "", zoomOutTitle: frame.dataset["zoomOut"] ?? "" }).addTo(map);
  const whole = map.getZoom();
  map.setMinZoom(whole - 1);
  map.setMaxBounds([[-height * 1.5, -width * 0.5], [height * 0.5, width * 1.5]]);
  const scale = () => sized(svg, 2 ** map.getZoom());
  map.on("zoomend resize", scale);
  scale();
  stopDraggedClicks(stage);
  return { map, svg };
}

/** Keeps numbers, names and symbols the same size on the screen, and shows those that fit now. */
export function sized(svg: SVGSVGElement, scale: number): void {
  svg.style.setProperty("--k", String(1 / scale));
  for (const label of svg.querySelectorAll<SVGGElement>(".map-label")) {
    label.classList.toggle("is-shown", Number(label.dataset["fit"]) * scale >= SMALLEST);
    label.classList.toggle("is-named", Number(label.dataset["name"]) * scale >= SMALLEST);
  }
}

/** A link under the pointer is followed by a click, never at the end of a drag. */
function stopDraggedClicks(stage: HTMLElement): void {
  let from = [0, 0];
  stage.addEventListener("pointerdown", (event) => (from = [event.clientX, event.clientY]), true);
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  stage.addEventListener(
    "click",
    (event) => {
      const [x = 0, y = 0] = from;
      if (event.detail && Math.hypot(event.clientX - x, event.clientY - y) > MOVED) event.preventDefault();
    },
    true,
  );
}
