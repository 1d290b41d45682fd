// The views beside the dials: levers and assumptions, two settings side by side, the roadmap, the flows,
// and what is taken home.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { Browser, hashOf, makePage, packages, results, SCENARIOS, SOURCE, stateOf, until, wordsOf } from "./browser.mjs";

const { readTable } = await import(pathToFileURL(join(SOURCE, "csv.mjs")).href);
const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps", "sceptic"]);
const folder = join(SCENARIOS, "first-steps");

const settings = async (page, key) => (await wordsOf(page, key)).join();

async function open(words) {
  const page = await browser.open(`${address}#scenario=first-steps&lang=en&${words}`);
  await hashOf(page);
  return page;
}

async function taken(page, figure, format) {
  await page.click("header button.home");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`.take-${figure}-${format}`)]);
  await page.click("dialog .close");
  return readFileSync(await download.path());
}

const takenTable = async (page, figure) => readTable((await taken(page, figure, "csv")).toString());

async function move(page, id, key) {
  await page.focus(`#${id}`);
  await page.keyboard.press(key);
}

test("each lever and assumption is a setting as --set takes it", async () => {
  const page = await open("view=levers");
  await move(page, "set-two_way", "End");
  await move(page, "set-meetings", "ArrowRight");
  await page.click(".levers .tabs button:last-child");
  await move(page, "set-peer_effect", "Home");
  assert.equal(await settings(page), "two_way=1,meetings*=1.1,peer_effect=0");
  const expected = stateOf(folder, "--replicates", "32", "--set", "two_way=1", "--set", "meetings*=1.1", "--set", "peer_effect=0");
  assert.equal(await hashOf(page), expected); // which a change takes away at once
  await page.click("[aria-label='Reset: Push of peers']");
  assert.equal(await settings(page), "two_way=1,meetings*=1.1");
  await page.context().close();
});

test("levers and assumptions are found by their words", async () => {
  const page = await open("view=levers"), shown = () => page.locator(".levers .list:not([hidden]) .row:not([hidden])").count();
  const all = await shown();
  await page.fill(".levers input[type=search]", "two-way");
  assert.ok((await shown()) >= 1 && (await shown()) < all);
  await page.context().close();
});

// Type 7, as the program has it.
function quantile(values, probability) {
  const sorted = [...values].sort((a, b) => a - b), at = (sorted.length - 1) * probability, below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

test("the difference is that of runs on the same random numbers", async () => {
  const page = await open("view=compare&set=engagement%3D2");
  await until(page, () => document.querySelector(".compare .said").textContent.includes("less A:"));
  const rows = await takenTable(page, "difference"), last = Object.values(rows[rows.length - 1]).map(Number);
  const ends = (...words) => readTable(results("runs.csv", folder, "--replicates", "32", ...words)).map((row) => Number(row["functioning_end.all"]));
  const a = ends(), b = ends("--set", "engagement=2"), more = b.map((value, k) => value - a[k]);
  for (const [k, probability] of [[2, 0.5], [3, 0.05], [4, 0.95]]) assert.ok(Math.abs(last[k] - quantile(more, probability)) < 3e-6, `${last[k]} at ${probability}`);
  assert.ok(last[2] > 0);
  await page.context().close();
});

test("levers can be kept, and are then what is compared with", async () => {
  const page = await open("view=compare&set=engagement%3D2");
  await page.click(".compare .pin");
  assert.equal(await settings(page, "pin"), "engagement=2");
  await until(page, () => / 0 points;/.test(document.querySelector(".compare .said").textContent));
  await move(page, "dial-engagement", "Home");
  await until(page, () => /A: −[0-9]+ points;/.test(document.querySelector(".compare .said").textContent));
  await page.click(".compare .unpin");
  assert.equal(await settings(page, "pin"), "");
  await page.context().close();
});

test("the roadmap is that of roadmap.csv", async () => {
  const page = await open("view=roadmap&set=resourcing%3D1.5"), shown = await takenTable(page, "roadmap");
  const expected = readTable(results("roadmap.csv", folder, "--replicates", "32", "--set", "resourcing=1.5")).filter(({ kind, place }) => kind !== "node" && shown.some((row) => row.kind === kind && row.place === place));
  assert.ok(shown.length >= 20 && new Set(shown.map(({ kind }) => kind)).size === 3);
  assert.equal(expected.length, shown.length);
  for (const row of shown) {
    const same = expected.find((one) => one.kind === row.kind && one.place === row.place && one.stage === row.stage);
    assert.deepEqual([row.p10, row.p50, row.p90], [same.p10, same.p50, same.p90]);
    assert.ok(Math.abs(row.share_reached - same.reached) < 6e-5);
  }
  assert.ok((await page.locator(".roadmap svg rect").count()) > 10);
  await page.context().close();
});

test("flows and curves are those of timeline.csv", async () => {
  const page = await open("view=flows"), timeline = readTable(results("timeline.csv", folder, "--replicates", "32")).filter((row) => ["country", "tier", "wave", "group", "size"].every((key) => row[key] === "all"));
  for (const [figure, column, measure] of [["reports", 1, "reports_replied"], ["cost", 0, "cost_per_functioning"], ["leaders", 1, "trust"], ["spread", 0, "adopted"]]) {
    const shown = await takenTable(page, figure), expected = timeline.filter((row) => row.measure === measure);
    assert.equal(shown.length, expected.length);
    for (const [k, row] of shown.entries()) {
      const cells = Object.values(row).slice(2 + 3 * column, 5 + 3 * column), wanted = [expected[k].median, expected[k].p05, expected[k].p95];
      for (const [c, cell] of cells.entries()) assert.ok(cell === wanted[c] || Math.abs(Number(cell) - Number(wanted[c])) < 6e-4, `${figure} ${k}: ${cells} ${wanted}`);
    }
  }
  await page.context().close();
});

test("every picture is taken home as SVG and PNG", async () => {
  const page = await open("view=spread");
  for (const figure of ["spread", "map", "roadmap", "compare", "events", "leaders"]) {
    const svg = (await taken(page, figure, "svg")).toString();
    assert.match(svg, /^<svg .*<\/svg>$/s);
    assert.ok(!/NaN|undefined/.test(svg), figure);
  }
  assert.equal((await taken(page, "roadmap", "png")).subarray(1, 4).toString(), "PNG");
  await page.context().close();
});

test("the map shows ground by coordinates, of the colours that its legend has", async () => {
  const page = await browser.open(`${makePage(["malaysia-forthcoming"])}#lang=en&view=spread`);
  await hashOf(page);
  const legend = await page.locator(".map .steps i").evaluateAll((steps) => steps.map((step) => getComputedStyle(step).backgroundColor));
  const shown = await page.evaluate(() => {
    const canvas = document.querySelector(".map canvas"), { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height), counts = {};
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) counts[`rgb(${data.slice(at, at + 3).join(", ")})`] = (counts[`rgb(${data.slice(at, at + 3).join(", ")})`] ?? 0) + 1;
    return Object.entries(counts).filter(([, count]) => count > canvas.width).map(([colour]) => colour);
  });
  assert.ok(shown.length > 0);
  for (const colour of shown) assert.ok(legend.includes(colour) || colour === "rgb(255, 255, 255)", colour);
  const svg = (await taken(page, "map", "svg")).toString(), places = readFileSync(join(SCENARIOS, "malaysia-forthcoming", "nodes.csv"), "utf8").match(/,district,/g).length;
  const polygons = svg.match(/<path /g).length;
  assert.ok(polygons > 0.8 * places && polygons <= places, `${polygons} of ${places}`);
  await page.context().close();
});

test("axe-core finds no serious fault in any view, and nothing stands outside the screen", async () => {
  const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
  for (const [width, height] of [[1280, 720], [390, 844]]) {
    const page = await browser.open(`${address}#scenario=first-steps&lang=ms`, { viewport: { width, height } });
    await hashOf(page);
    await page.evaluate(axe);
    for (const view of ["levers", "months", "compare", "roadmap", "flows", "room"]) {
      await page.click(`.view-${view}`);
      for (const part of view === "room" ? ["guess", "cards", "budget", "survey", "breakout", "notes"] : [null]) {
        if (part) await page.click(`.part-${part}`);
        for (const summary of view === "months" ? await page.locator(".months summary").all() : []) await summary.click();
        const { violations } = await page.evaluate(() => axe.run());
        assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${view} ${part}, ${id}: ${nodes[0].html}`), []);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${view} ${part} ${width}`);
      }
    }
    await page.context().close();
  }
});

test("the page prints on A4", async () => {
  const page = await open("view=roadmap");
  const pdf = (await page.pdf({ format: "A4", landscape: false })).toString("latin1");
  assert.ok(/\/Count [1-9]/.test(pdf));
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".actions", ".views", ".time"]) assert.ok(await page.isHidden(hidden), hidden);
  for (const shown of ["h1", ".tiles", ".curves", ".roadmap .frame", ".flows .frame", "footer .not"]) assert.ok(await page.locator(shown).first().isVisible(), shown);
  await page.context().close();
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
