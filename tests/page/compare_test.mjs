// Two scenarios side by side: their difference where they have the same places, as the program compares them,
// and none where they have not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { Browser, comparison, fragmentOf, hashOf, makePage, results, SCENARIOS, SOURCE, until } from "./browser.mjs";

const { readTable } = await import(pathToFileURL(join(SOURCE, "csv.mjs")).href);
const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["donor-taper", "donor-cliff", "first-steps"]);
const cliff = join(SCENARIOS, "donor-cliff"), taper = join(SCENARIOS, "donor-taper");

async function open(words, at = address) {
  const page = await browser.open(`${at}#lang=en&view=compare&${words}`);
  await hashOf(page);
  await until(page, () => !document.querySelector(".compare .said").textContent.includes("being run"));
  return page;
}

async function taken(page, figure) {
  await page.click("header button.home");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`.take-${figure}-csv`)]);
  await page.click("dialog .close");
  return readTable(readFileSync(await download.path(), "utf8"));
}

// Type 7, as the program has it.
function quantile(values, probability) {
  const sorted = [...values].sort((a, b) => a - b), at = (sorted.length - 1) * probability, below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

const near = (shown, expected, within, what) => assert.ok(Math.abs(Number(shown) - expected) < within, `${what}: ${shown}, not ${expected}`);

test("the difference of two scenarios is that of nlcsim compare", async () => {
  const page = await open("scenario=donor-taper&against=donor-cliff"), rows = await taken(page, "difference"), last = rows[rows.length - 1];
  const expected = readTable(comparison("differences.csv", cliff, taper, "--replicates", "32")).find((row) => row.outcome === "functioning_end" && row.statistic === "value");
  near(last["B - A (mean)"], Number(expected.difference), 1e-6, "mean");
  near(last.mcse, Number(expected.sd) / Math.sqrt(32), 1e-6, "error");
  assert.ok(Math.abs(Number(expected.difference)) > 0.01 && Number(expected.sd) > 0);
  const runs = readTable(comparison("runs.csv", cliff, taper, "--replicates", "32")), of = (name) => runs.filter((row) => row.scenario === name).map((row) => Number(row.functioning_end));
  const [a, b] = [of("donor-cliff"), of("donor-taper")], more = b.map((value, k) => value - a[k]);
  for (const [column, probability] of [["P50", 0.5], ["P5", 0.05], ["P95", 0.95]]) near(last[`B - A (${column})`], quantile(more, probability), 3e-6, column);
  assert.match(await page.textContent(".compare .said"), /less A: [+−]?[0-9]+ points/);
  assert.equal(await page.textContent(".compare .note"), "");
  await page.context().close();
});

test("the levers of the page move one of them alone, and the link opens the same", async () => {
  const page = await open("scenario=donor-taper"), said = () => page.textContent(".compare .said");
  assert.match(await said(), /less A: 0 points/);
  await page.selectOption(".compare select.against", { label: "A: Donor cliff: five years of grants and then none (stylised)" });
  await until(page, () => /less A: \+[0-9]+ points/.test(document.querySelector(".compare .said").textContent));
  assert.match(await fragmentOf(page), /against=donor-cliff/);
  await page.focus("#dial-resourcing");
  await page.keyboard.press("End");
  await hashOf(page);
  await page.waitForSelector("footer[data-runs='32']");
  const rows = await taken(page, "difference"), other = await open((await fragmentOf(page)).slice(1));
  const a = readTable(results("runs.csv", cliff, "--replicates", "32")), b = readTable(results("runs.csv", taper, "--replicates", "32", "--set", "resourcing=3"));
  near(rows[rows.length - 1]["B - A (mean)"], b.reduce((sum, row, k) => sum + Number(row["functioning_end.all"]) - Number(a[k]["functioning_end.all"]), 0) / 32, 3e-6, "with levers");
  assert.equal(await other.textContent(".compare .said"), await said());
  await page.click(".compare .unpin");
  await until(page, () => !location.hash.includes("against"));
  await page.context().close();
  await other.context().close();
});

test("scenarios with other places stand side by side without a difference", async () => {
  const page = await open("scenario=donor-taper&against=first-steps");
  assert.match(await page.textContent(".compare .note"), /different places.*no difference is drawn.*A starts in January 2025.*B in January 2024.*first 60 months/s);
  assert.match(await page.textContent(".compare .said"), /^A: first-steps: [0-9]+ % \([0-9]+–[0-9]+ % in 9 of 10 runs\).*B: now: [0-9]+ %/);
  assert.ok(await page.isHidden(".compare .pair > :last-child") && await page.isVisible(".compare .pair > :first-child svg"));
  const rows = await taken(page, "compare");
  assert.equal(rows.length, 120);
  assert.ok(Object.values(rows[59])[2] !== "" && Object.values(rows[60])[2] === "" && Object.values(rows[60])[5] !== "");
  await page.context().close();
});

test("scenarios that share a country are compared there", async () => {
  const page = await open("scenario=southeast-asia&against=philippines-roadmap&replicates=8&set=resourcing%3D2", makePage(["southeast-asia", "philippines-roadmap"]));
  assert.match(await page.textContent(".compare .note"), /share only the places of PH/);
  const rows = await taken(page, "difference"), ends = (name, column, ...words) => readTable(results("runs.csv", join(SCENARIOS, name), "--replicates", "8", ...words)).map((row) => Number(row[column]));
  const a = ends("philippines-roadmap", "functioning_end.all"), b = ends("southeast-asia", "functioning_end.country.PH", "--set", "resourcing=2"), mean = b.reduce((sum, value, k) => sum + value - a[k], 0) / 8;
  assert.ok(mean > 0.05);
  near(rows[rows.length - 1]["B - A (mean)"], mean, 3e-6, "mean");
  await page.context().close();
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
