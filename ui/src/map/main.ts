// The map of an area. Without this script the page shows the same drawing and takes the same forms.
import "leaflet/dist/leaflet.css";
import { drawOutline, placePoint } from "./draw";
import { live, sized } from "./live";
import { planeOf } from "./plane";

function begin(frame: HTMLElement): void {
  const made = live(frame);
  if (!made) return;
  const plane = planeOf(frame.dataset);
  const [first, second] = (frame.dataset["fields"] ?? "").split(" ").map((id) => document.getElementById(id));
  if (first instanceof HTMLTextAreaElement) drawOutline(made.map, first, plane);
  if (first instanceof HTMLInputElement && second instanceof HTMLInputElement) placePoint(made.map, first, second, plane);
  new ResizeObserver(() => {
    made.map.invalidateSize({ animate: false });
    sized(made.svg, 2 ** made.map.getZoom());
  }).observe(frame);
}

document.querySelectorAll<HTMLElement>("[data-map]").forEach(begin);
