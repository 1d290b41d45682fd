// The cells of the map: what the screen shows pixel by pixel and what the picture taken home draws as polygons
// is the ground nearest to each place.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { BUILD, packages } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "nlcsim-cells-"));
test.after(() => rmSync(folder, { recursive: true, force: true }));
packages("esbuild").buildSync({ entryPoints: [join(BUILD, "src/views/cells.ts")], bundle: true, format: "esm", outfile: join(folder, "cells.mjs") });
const { ownerOf, ownersOf, polygonsOf } = await import(pathToFileURL(join(folder, "cells.mjs")).href);

const WIDTH = 200, HEIGHT = 160, REACH = 20;
let state = 1;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;

function layoutOf(points) {
  return { x: Float32Array.from(points, ([x]) => x), y: Float32Array.from(points, ([, y]) => y), dot: 2, ring: 4, reach: REACH };
}

const distance = ({ x, y }, i, across, down) => Math.hypot(x[i] - across, y[i] - down);

// Whether a point is in a convex polygon, whichever way round its corners stand.
function isIn(polygon, across, down) {
  const turns = polygon.map(([x, y], k) => {
    const [nextX, nextY] = polygon[(k + 1) % polygon.length];
    return Math.sign((nextX - x) * (down - y) - (nextY - y) * (across - x));
  });
  return polygon.length > 0 && (turns.every((turn) => turn >= 0) || turns.every((turn) => turn <= 0));
}

function expectNearest(points, places = [...points.keys()]) {
  const layout = layoutOf(points), owners = ownersOf(layout, places, WIDTH, HEIGHT, 1), polygons = polygonsOf(layout, places);
  for (let k = 0; k < 4000; k++) {
    const column = Math.floor(random() * WIDTH), row = Math.floor(random() * HEIGHT), owner = owners[row * WIDTH + column];
    const far = places.map((i) => distance(layout, i, column + 0.5, row + 0.5)), nearest = Math.min(...far), inside = places.filter((_, p) => isIn(polygons[p], column + 0.5, row + 0.5));
    if (nearest >= REACH) assert.equal(owner, 0);
    else {
      assert.ok(far[places.indexOf(owner - 1)] < nearest + 1e-4);
      // The round end of a cell has 16 corners.
      if (nearest < REACH * Math.cos(Math.PI / 16)) assert.ok(inside.some((i) => distance(layout, i, column + 0.5, row + 0.5) < nearest + 1e-3), `${column} ${row}`);
    }
    for (const i of inside) assert.ok(distance(layout, i, column + 0.5, row + 0.5) < Math.min(nearest + 1e-3, REACH + 1e-3));
  }
}

test("many places, some on the same spot, some outside the picture", () => {
  const points = Array.from({ length: 60 }, () => [random() * WIDTH * 1.1, random() * HEIGHT * 1.1]);
  expectNearest([...points, points[3], points[7]]);
});

test("one place, two, and a row of them", () => {
  expectNearest([[100, 80]]);
  expectNearest([[100, 80], [110, 80]]);
  expectNearest([[90, 80], [100, 80], [110, 80], [130, 80]]);
});

test("only places that are shown have ground", () => {
  expectNearest([[100, 80], [101, 80], [120, 80]], [0, 2]);
  assert.deepEqual([...new Set(ownersOf(layoutOf([[100, 80], [101, 80]]), [1], WIDTH, HEIGHT, 2))].sort(), [0, ownerOf(1)]);
});

test("no places, no ground", () => {
  assert.ok(ownersOf(layoutOf([]), [], WIDTH, HEIGHT, 1).every((owner) => owner === 0));
  assert.deepEqual(polygonsOf(layoutOf([]), []), []);
});
