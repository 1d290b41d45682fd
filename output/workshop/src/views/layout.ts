// Where each place stands in a picture: on its coordinates, at equal scales in both directions, or, where a
// scenario has none, in rows, those below one place together.
import type { Places } from "../engine/module";

const MARGIN = 14;

export interface Layout {
  x: Float32Array;
  y: Float32Array;
  dot: number; // radius of a place's mark
  ring: number; // and of one that has others below it
  reach: number; // how far its own ground goes; 0 where it stands in rows
}

interface Span {
  low: number;
  high: number;
}

function spanOf(values: Float32Array): Span {
  let low = Infinity, high = -Infinity;
  for (const value of values)
    if (!Number.isNaN(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  return { low, high };
}

function onTheGround(places: Places, width: number, height: number): Layout {
  const lat = spanOf(places.latitude), lon = spanOf(places.longitude);
  const shrink = Math.cos((((lat.low + lat.high) / 2) * Math.PI) / 180);
  const across = Math.max((lon.high - lon.low) * shrink, 0.1), up = Math.max(lat.high - lat.low, 0.1);
  const scale = Math.min((width - 2 * MARGIN) / across, (height - 2 * MARGIN) / up);
  const left = (width - across * scale) / 2, top = (height - up * scale) / 2;
  const size = Math.max(2, Math.min(9, Math.sqrt((width * height) / places.numNodes) * 0.22));
  return {
    x: places.longitude.map((value) => left + (value - lon.low) * shrink * scale),
    y: places.latitude.map((value) => top + (lat.high - value) * scale),
    dot: 0.6 * size,
    ring: 1.9 * size,
    reach: 3.2 * size,
  };
}

function inRows(places: Places, width: number, height: number): Layout {
  const columns = Math.max(1, Math.round(Math.sqrt((places.numNodes * width) / height)));
  const step = Math.min((width - 2 * MARGIN) / columns, (height - 2 * MARGIN) / Math.ceil(places.numNodes / columns), 72);
  const rows = Math.ceil(places.numNodes / columns), left = (width - (columns - 1) * step) / 2, top = (height - (rows - 1) * step) / 2;
  return {
    x: Float32Array.from({ length: places.numNodes }, (_, i) => left + (i % columns) * step),
    y: Float32Array.from({ length: places.numNodes }, (_, i) => top + Math.floor(i / columns) * step),
    dot: Math.max(2, step * 0.36),
    ring: Math.max(3, step * 0.45),
    reach: 0,
  };
}

export function layoutOf(places: Places, width: number, height: number): Layout {
  const known = places.latitude.filter((value, i) => !Number.isNaN(value) && !Number.isNaN(places.longitude[i])).length;
  return known * 2 > places.numNodes ? onTheGround(places, width, height) : inRows(places, width, height);
}
