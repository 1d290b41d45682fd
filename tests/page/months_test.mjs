// Levers by month, and the order of the waves: each has the states of the command line that stands beside it.
import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { Browser, commandOf, hashOf, makePage, NLCSIM, SCENARIOS, stateOf, until, wordsOf } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps", "southeast-asia"]), folder = join(SCENARIOS, "first-steps");
const settings = (page) => wordsOf(page);

async function open(words = "") {
  const page = await browser.open(`${address}#scenario=first-steps&lang=en&view=months&${words}`);
  await hashOf(page);
  return page;
}

// A hash that was there before goes once a change is heard.
async function newHash(page, before) {
  await until(page, (old) => ![undefined, old].includes(document.querySelector("footer")?.dataset.hash), before);
  return hashOf(page);
}

async function fill(page, id, value) {
  await page.fill(`#${id}`, value);
  await page.press(`#${id}`, "Enter");
}

async function expectSame(page, before, expected) {
  assert.deepEqual(await settings(page), expected);
  const hash = await newHash(page, before);
  assert.equal(hash, stateOf(folder, "--replicates", "32", ...expected.flatMap((one) => ["--set", one])));
  const command = await commandOf(page);
  assert.ok(execSync(`${command.replace(/^nlcsim/, `'${NLCSIM}'`)} -o "$(mktemp -u)"`, { encoding: "utf8" }).includes(`state ${hash}`));
  const other = await browser.open(page.url());
  assert.equal(await hashOf(other), hash);
  assert.deepEqual(await settings(other), expected);
  await other.context().close();
}

test("a grant has a beginning, a length and an amount", async () => {
  const page = await open(), before = await hashOf(page);
  await page.click("#lever-grant summary");
  await fill(page, "grant-start", "6");
  await fill(page, "grant-length", "30");
  await fill(page, "grant-amount", "0.75");
  await expectSame(page, before, ["grant=0", "grant@from=w+6,to=w+35=0.75"]);
  assert.deepEqual(await page.locator("#lever-grant code").allTextContents(), ["grant=0", "grant@from=w+6,to=w+35=0.75"]);
  await page.click("#lever-grant .back");
  assert.deepEqual(await settings(page), []);
  await page.context().close();
});

test("elections fall in the months that are chosen", async () => {
  const page = await open(), before = await hashOf(page);
  await page.click("#lever-election summary");
  assert.match(await page.textContent("#lever-election .chips"), /Jun 2027: 35% of heads/);
  await page.selectOption("#election-add", "2026-05");
  await fill(page, "election-share", "0.42");
  await expectSame(page, before, ["election=0", "election@from=2026-05,to=2026-05=0.42", "election@from=2027-06,to=2027-06=0.42"]);
  await page.click("#election-2027-06");
  await page.click("#election-2026-05");
  assert.deepEqual(await settings(page), ["election=0"]);
  await page.context().close();
});

test("a mandate begins in a month, and so does its deadline", async () => {
  const page = await open(), before = await hashOf(page);
  await page.click("#lever-mandate summary");
  await page.selectOption("#mandate-from", "2026-04");
  await page.selectOption("#mandate-force", "1");
  await fill(page, "mandate-clarity", "0.8");
  await page.selectOption("#mandate-deadline", "2027-10");
  await expectSame(page, before, ["mandate@from=2026-04=1", "mandate_clarity@from=2026-04=0.8", "deadline@from=2027-10=1"]);
  await page.context().close();
});

test("turnover and exchanges hold from a month to a month", async () => {
  const page = await open(), before = await hashOf(page);
  await page.click("#lever-staff_turnover summary");
  await page.click("#staff_turnover-add");
  await page.selectOption("#staff_turnover-0-from", "2025-07");
  await page.selectOption("#staff_turnover-0-to", "2026-12");
  await fill(page, "staff_turnover-0-value", "0.06");
  await page.click("#lever-peer_exchanges summary");
  await page.click("#peer_exchanges-add");
  await fill(page, "peer_exchanges-0-value", "7.3");
  await page.click("#lever-meetings summary");
  await page.click("#meetings-add");
  await page.selectOption("#meetings-0-from", "2028-02");
  await expectSame(page, before, ["staff_turnover@from=2025-07,to=2026-12=0.06", "peer_exchanges@from=2026-09=7.3", "meetings@from=2028-02=4"]);
  await page.click("#staff_turnover-0-remove");
  assert.deepEqual(await settings(page), ["peer_exchanges@from=2026-09=7.3", "meetings@from=2028-02=4"]);
  await page.context().close();
});

test("what holds in all months stays below what holds in some", async () => {
  const page = await open("set=meetings%40from%3D13%3D6"), before = await hashOf(page);
  await page.click(".view-levers");
  await page.focus("#set-meetings");
  await page.keyboard.press("ArrowRight");
  await expectSame(page, before, ["meetings*=1.1", "meetings@from=13=6"]);
  await page.context().close();
});

test("every lever of the model has its months, its meaning and what is known of it", async () => {
  const page = await open(), names = await page.locator(".months details").evaluateAll((all) => all.map(({ id }) => id));
  assert.ok(names.length >= 19 && names[0] === "lever-waves");
  for (const name of names) await page.click(`#${name} summary`);
  const texts = await page.locator(".months details").allTextContents();
  for (const [k, text] of texts.entries()) assert.match(text, /assumption|tuned|published|literature|calibrated|fitted/, names[k]);
  for (const text of texts) assert.ok(!/undefined|NaN|(parameter|lever|unit|months)\.[a-z]/.test(text), text);
  await page.context().close();
});

test("waves in another order are those of scenario.waves", async () => {
  const page = await open("set=meetings%3D5");
  await page.click("#lever-waves summary");
  const rules = await page.locator("#waves-order option").evaluateAll((all) => all.map(({ value }) => value));
  assert.deepEqual(rules, ["", "random", "largest", "central", "legacy", "ready"].filter((rule) => rules.includes(rule)));
  assert.ok(rules.length >= 4 && rules.includes("random"));
  const keys = ["scenario.waves_number=3", "scenario.waves_start=2025-01", "scenario.waves_gap=6"];
  for (const rule of rules.slice(1)) {
    const before = await hashOf(page);
    await page.selectOption("#waves-order", rule);
    await expectSame(page, before, [`scenario.waves=${rule}`, ...keys, "meetings=5"]);
    await page.click("#lever-waves summary");
  }
  await page.click("button.reset");
  await until(page, () => document.querySelector("footer")?.dataset.hash !== undefined);
  assert.deepEqual(await settings(page), []);
  assert.equal(await hashOf(page), stateOf(folder, "--replicates", "32"));
  await page.context().close();
});

test("several countries and tiers keep their states in another order", async () => {
  const page = await browser.open(`${address}#scenario=southeast-asia&lang=en&replicates=8&set=scenario.waves%3Dready&set=scenario.waves_number%3D4&set=scenario.waves_start%3D2023-07&set=scenario.waves_gap%3D6&set=grant%40from%3Dw%2B3%2Cto%3D2029-12%3D0.4`);
  const words = ["scenario.waves=ready", "scenario.waves_number=4", "scenario.waves_start=2023-07", "scenario.waves_gap=6", "grant@from=w+3,to=2029-12=0.4"];
  assert.deepEqual(await settings(page), words);
  assert.equal(await hashOf(page), stateOf(join(SCENARIOS, "southeast-asia"), "--replicates", "8", ...words.flatMap((one) => ["--set", one])));
  await page.context().close();
});

test("what a link says wrongly of months is passed over", async () => {
  const wrong = ["grant@from=2025-13=1", "grant@form=3=1", "grant@=1", "grant@from==1", "peer_effect@from=3=0.2", "scenario.waves=ready", "scenario.months=12"];
  const page = await open(wrong.map((one) => `set=${encodeURIComponent(one)}`).join("&"));
  assert.deepEqual(await settings(page), []);
  await page.context().close();
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
