// Drawing with the pointer what the form beside the map also takes as typed numbers: the field holds the truth.
import { type LeafletMouseEvent, type Map as LeafletMap, divIcon, latLngBounds, layerGroup, marker, polygon } from "leaflet";
import { drawn, placeFor, type Plane, readRings, type Ring, type Spot, typed, writeRings } from "./plane";

const handle = (look: string) => divIcon({ className: `map-handle ${look}`, iconSize: [20, 20] });
const there = ([x, y]: Spot): [number, number] => [-y, x];

/** Lets the outline in a text field be drawn and moved on the map. */
export function drawOutline(map: LeafletMap, field: HTMLTextAreaElement, plane: Plane): void {
  const layer = layerGroup().addTo(map);
  let rings: Ring[] = [];
  const write = () => {
    field.value = writeRings(rings);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const read = () => {
    rings = readRings(field.value);
    show();
  };
  const show = () => {
    layer.clearLayers();
    for (const ring of rings) {
      const shape = polygon(ring.map((spot) => there(drawn(plane, spot))), { className: "map-outline" }).addTo(layer);
      ring.forEach((spot, index) => {
        const dot = marker(there(drawn(plane, spot)), { icon: handle("is-corner"), draggable: true, title: `${spot[0]}, ${spot[1]}` });
        dot.on("drag", () => {
          ring[index] = here(plane, dot.getLatLng());
          shape.setLatLngs(ring.map((one) => there(drawn(plane, one))));
        });
        dot.on("dragend", () => {
          write();
          show();
        });
        dot.on("dblclick", () => remove(ring, index));
        dot.on("contextmenu", (event) => {
          event.originalEvent.preventDefault();
          remove(ring, index);
        });
        dot.on("keydown", (event) => {
          if (["Delete", "Backspace"].includes(event.originalEvent.key)) remove(ring, index);
        });
        dot.addTo(layer);
      });
    }
  };
  const remove = (ring: Ring, index: number) => {
    ring.splice(index, 1);
    rings = rings.filter((one) => one.length > 0);
    write();
    show();
  };
  map.doubleClickZoom.disable();
  map.on("click", (event: LeafletMouseEvent) => {
    const spot = here(plane, event.latlng);
    const ring = rings[rings.length - 1] ?? [];
    if (rings.length === 0) rings.push(ring);
    ring.splice(placeFor(ring.map((one) => drawn(plane, one)), drawn(plane, spot)), 0, spot);
    write();
    show();
  });
  field.addEventListener("change", read);
  read();
  const corners = rings.flat().map((spot) => there(drawn(plane, spot)));
  if (corners.length > 2) map.fitBounds(latLngBounds(corners).pad(1.5), { animate: false, maxZoom: map.getZoom() + 3 });
}

/** Lets a click fill two number fields, and shows where they point. */
export function placePoint(map: LeafletMap, x: HTMLInputElement, y: HTMLInputElement, plane: Plane): void {
  const dot = marker([0, 0], { icon: handle("is-spot"), draggable: true, keyboard: false });
  const write = (spot: Spot) => {
    [x.value, y.value] = [String(spot[0]), String(spot[1])];
    x.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const read = () => {
    const spot: Spot = [Number(x.value), Number(y.value)];
    if (x.value && y.value && spot.every(Number.isFinite)) dot.setLatLng(there(drawn(plane, spot))).addTo(map);
    else dot.remove();
  };
  dot.on("dragend", () => write(here(plane, dot.getLatLng())));
  map.on("click", (event: LeafletMouseEvent) => {
    write(here(plane, event.latlng));
    read();
  });
  x.addEventListener("change", read);
  y.addEventListener("change", read);
  read();
}

const here = (plane: Plane, at: { lat: number; lng: number }): Spot => typed(plane, [at.lng, -at.lat]);
