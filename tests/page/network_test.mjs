// The network of tiers: its numbers are those of flows.csv, it follows the month, and it stands still where
// motion is unwelcome.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { Browser, hashOf, makePage, packages, results, SCENARIOS, SOURCE, until } from "./browser.mjs";

const { readTable } = await import(pathToFileURL(join(SOURCE, "csv.mjs")).href);
const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps", "philippines-roadmap"]);

async function open(words, options) {
  const page = await browser.open(`${address}#lang=en&view=network&${words}`, options);
  await hashOf(page);
  return page;
}

async function taken(page, format) {
  await page.click("header button.home");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`.take-network-${format}`)]);
  await page.click("dialog .close");
  return readFileSync(await download.path());
}

const said = (page) => page.textContent(".network .said");
const near = (shown, expected, within) => shown === expected || Math.abs(Number(shown) - Number(expected)) < within;

test("its numbers are those of flows.csv, tier by tier and pool by pool", async () => {
  const page = await open("scenario=first-steps&set=engagement%3D1.7"), shown = readTable((await taken(page, "csv")).toString());
  const rows = readTable(results("flows.csv", join(SCENARIOS, "first-steps"), "--set", "engagement=1.7", "--replicates", "32"));
  const keyOf = (row) => [row.month, row.tier, row.kind, row.pool].join();
  const expected = new Map(rows.filter(({ country, tier }) => country === "all" && tier !== "all").map((row) => [keyOf(row), row]));
  assert.equal(shown.length, expected.size);
  let sum = 0;
  for (const row of shown) {
    const same = expected.get(keyOf(row));
    assert.deepEqual([row.date, row.direction, row.n], [same.date, same.direction, same.n]);
    for (const [column, within] of [["asked", 6e-4], ["delivered", 6e-4], ["asked_mcse", 6e-5], ["delivered_mcse", 6e-5]]) assert.ok(near(row[column], same[column], within), `${keyOf(row)} ${column}: ${row[column]}, not ${same[column]}`);
    if (row.tier === "city" && row.kind === "report") sum += Number(same.delivered);
    if (row.tier === "city" && row.kind === "report") assert.ok(near(row.delivered_so_far, sum, 2e-3 * Number(row.month)));
  }
  assert.ok(sum > 10);
  await page.context().close();
});

test("the picture, its sentence and its table follow the month, and add up since the start", async () => {
  const page = await open("scenario=first-steps&month=30");
  const numbers = async () => (await said(page)).match(/[0-9][0-9.,]*/g).map((text) => Number(text.replaceAll(",", "")));
  const month = await said(page), one = await numbers();
  await page.selectOption(".network select.period", "total");
  await until(page, () => document.querySelector(".network .said").textContent.includes("since the start"));
  const all = await numbers();
  assert.ok(all[1] > 5 * one[1], `${one} and ${all}`);
  await page.click(".network details summary");
  assert.match(await page.textContent(".network table"), /Province.*Briefings.*national level.*[0-9] ±/s);
  await page.selectOption(".network select.period", "month");
  await page.focus("#month");
  await page.keyboard.press("ArrowLeft");
  await until(page, (before) => document.querySelector(".network .said").textContent !== before, month);
  await page.selectOption(".network select.flow", "grant");
  assert.match(await said(page), /^Grants/);
  await page.context().close();
});

test("the direct channel and exchanges stand in the picture when they are in use", async () => {
  const page = await open("scenario=philippines-roadmap&month=40"), dashed = () => page.locator(".network svg path[stroke-dasharray]").count();
  assert.ok((await dashed()) > 0 && (await page.locator(".network svg path:not([stroke-dasharray])").count()) > 0);
  const without = await open("scenario=philippines-roadmap&month=40&set=direct_channel%3D0&set=peer_exchanges%3D0&set=regional_exchanges%3D0");
  assert.equal(await without.locator(".network svg path:not([stroke-dasharray])").count(), 0);
  assert.equal(await without.locator(".network svg path[stroke-dasharray]").count(), 0);
  await page.context().close();
  await without.context().close();
});

test("arrows stream while the months play, but not where motion is unwelcome", async () => {
  for (const [reducedMotion, name] of [["no-preference", "stream"], ["reduce", "none"]]) {
    const page = await open("scenario=philippines-roadmap&month=20", { reducedMotion });
    const animation = () => page.evaluate(() => getComputedStyle(document.querySelector(".network .stream")).animationName);
    assert.equal(await animation(), "none");
    await page.click("button.play");
    await until(page, () => document.querySelector(".network .stream") !== null);
    assert.equal(await animation(), name);
    await page.context().close();
  }
});

test("it is taken home as SVG and PNG, and axe-core finds no serious fault", async () => {
  const page = await open("scenario=philippines-roadmap&month=50"), svg = (await taken(page, "svg")).toString();
  assert.match(svg, /^<svg .*<\/svg>$/s);
  assert.ok(!/NaN|undefined/.test(svg) && /Municipality/.test(svg));
  assert.equal((await taken(page, "png")).subarray(1, 4).toString(), "PNG");
  await page.evaluate(readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await page.context().close();
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
