// The ground that is nearer to a place than to any other, as far as its reach: an area to see a colour by, not a
// border.
import { Delaunay } from "d3-delaunay";
import type { Layout } from "./layout";

const CORNERS = 16; // of a cell that has room all round
const NO_EDGE = -1; // at a point on another one
const NO_NEIGHBOUR = -1; // of a point alone

// How a pixel names a place; 0 is nobody.
export const ownerOf = (place: number) => place + 1;

type Point = [number, number];

// What each pixel belongs to.
export function ownersOf({ x, y, reach: far }: Layout, places: number[], across: number, up: number, scale: number): Uint32Array {
  const owners = new Uint32Array(across * up), nearest = new Float32Array(across * up).fill((far * scale) ** 2), reach = Math.ceil(far * scale);
  for (const i of places) {
    const middle = x[i] * scale, level = y[i] * scale, left = Math.max(0, Math.floor(middle) - reach), right = Math.min(across - 1, Math.floor(middle) + reach);
    for (let row = Math.max(0, Math.floor(level) - reach), last = Math.min(up - 1, Math.floor(level) + reach); row <= last; row++)
      for (let column = left; column <= right; column++) {
        const distance = (column + 0.5 - middle) ** 2 + (row + 0.5 - level) ** 2, at = row * across + column;
        if (distance >= nearest[at]) continue;
        nearest[at] = distance;
        owners[at] = ownerOf(i);
      }
  }
  return owners;
}

// What of a polygon is nearer to a than to b.
function nearer(polygon: Point[], a: Point, b: Point): Point[] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]], middle = (dx * (a[0] + b[0]) + dy * (a[1] + b[1])) / 2, beyond = ([px, py]: Point) => dx * px + dy * py - middle;
  return polygon.flatMap((point, k) => {
    const next = polygon[(k + 1) % polygon.length], here = beyond(point), there = beyond(next), kept = here <= 0 ? [point] : [];
    if (here <= 0 === there <= 0) return kept;
    const share = here / (here - there);
    return [...kept, [point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])]];
  });
}

// The same cells as polygons, in the order of the places; empty where another place stands on the same spot.
export function polygonsOf({ x, y, reach }: Layout, places: number[]): Point[][] {
  const points = places.map((i): Point => [x[i], y[i]]), delaunay = Delaunay.from(points);
  return points.map((a, k) => {
    if (delaunay.inedges[k] === NO_EDGE) return [];
    const round = Array.from({ length: CORNERS }, (_, c): Point => [a[0] + reach * Math.cos((2 * Math.PI * c) / CORNERS), a[1] + reach * Math.sin((2 * Math.PI * c) / CORNERS)]);
    return [...delaunay.neighbors(k)].filter((b) => b !== NO_NEIGHBOUR).reduce((polygon, b) => nearer(polygon, a, points[b]), round);
  });
}
