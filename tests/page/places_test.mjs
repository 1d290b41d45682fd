// Levers for a part of the places: each has the states of the command line, wherever it was set.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { execSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { Browser, commandOf, hashOf, makePage, NLCSIM, packages, SCENARIOS, stateOf, until, wordsOf } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps", "southeast-asia"]);
const settings = (page) => wordsOf(page);

async function open(scenario, words = "") {
  const page = await browser.open(`${address}#scenario=${scenario}&lang=en&view=levers&replicates=8${words}`);
  await hashOf(page);
  return page;
}

// The page's own state, that of its command line and that of its link are one.
async function expectSame(page, scenario, expected) {
  assert.deepEqual(await settings(page), expected);
  const hash = await hashOf(page);
  assert.equal(hash, stateOf(join(SCENARIOS, scenario), "--replicates", "8", ...expected.flatMap((one) => ["--set", one])));
  const output = execSync(`${(await commandOf(page)).replace(/^nlcsim/, `'${NLCSIM}'`)} -o "$(mktemp -u)"`, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.ok(output.includes(`state ${hash}`), output);
  const other = await browser.open(page.url());
  assert.equal(await hashOf(other), hash);
  assert.deepEqual(await settings(other), expected);
  await other.context().close();
}

test("a tier has a lever of its own, by the keyboard alone", async () => {
  const page = await open("first-steps");
  await page.focus("#places-meetings summary");
  await page.keyboard.press("Enter");
  await page.focus("#meetings-part-add");
  await page.keyboard.press("Enter");
  await page.focus("#meetings-part-0-tier");
  await page.keyboard.type("C");
  await page.focus("#meetings-part-0-value");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("6.3");
  await page.keyboard.press("Enter");
  await expectSame(page, "first-steps", ["meetings@tier=city=6.3"]);
  assert.equal(await page.textContent("#places-meetings summary"), "For a part of the places (1)");
  assert.equal(await page.textContent("#places-meetings code"), "meetings@tier=city=6.3");
  await page.click("button.replay");
  await page.waitForSelector("dialog.replay svg");
  assert.match(await page.textContent("dialog.replay .said"), /Coordination meetings · City: /);
  await page.context().close();
});

test("labels and months narrow each other, and what holds for all stays below", async () => {
  const page = await open("first-steps", `&set=${encodeURIComponent("trainings@wave=2=0.7")}`);
  await page.click("#places-trainings summary");
  await page.selectOption("#trainings-part-0-tier", "city");
  await page.selectOption("#trainings-part-0-from", "2026-04");
  await page.focus("#set-trainings");
  await page.keyboard.press("ArrowRight");
  await page.click("#trainings-part-add");
  await expectSame(page, "first-steps", ["trainings*=1.1", "trainings@tier=city,wave=2,from=2026-04=0.7", "trainings@tier=city=3"]);
  await page.click(".view-months");
  await page.click("#lever-trainings summary");
  await page.click("#trainings-add");
  assert.match((await settings(page)).join(" "), /^trainings\*=1\.1 trainings@from=[0-9-]+=[0-9.]+ trainings@tier=city,wave=2,from=2026-04=0\.7 trainings@tier=city=3$/);
  await page.context().close();
});

test("countries and groups are parts too, and a lever of countries has no other", async () => {
  const page = await open("southeast-asia");
  const labels = (lever) => page.locator(`#places-${lever} .span:first-child .field label`).allTextContents();
  await page.click("#places-briefings summary");
  await page.click("#briefings-part-add");
  assert.deepEqual(await labels("briefings"), ["Country", "Tier", "Wave", "Group", "From", "To the end of", "Value"]);
  assert.ok((await page.locator("#briefings-part-0-tier option").allTextContents()).includes("Regency or city"));
  await page.selectOption("#briefings-part-0-group", "cso");
  assert.deepEqual(await page.locator("#briefings-part-0-under option").evaluateAll((all) => all.map(({ value }) => value)), ["", "ID"]);
  await page.click("#places-grant_budget summary");
  await page.click("#grant_budget-part-add");
  assert.deepEqual(await labels("grant_budget"), ["Country", "From", "To the end of", "Value"]);
  await page.fill("#grant_budget-part-0-value", "2.5");
  await page.press("#grant_budget-part-0-value", "Enter");
  await page.click("#places-slots summary");
  await page.click("#slots-part-add");
  await page.selectOption("#slots-part-0-under", "PH");
  await page.fill("#slots-part-0-value", "3");
  await page.press("#slots-part-0-value", "Enter");
  const found = await settings(page);
  assert.deepEqual(found.slice(1), ["grant_budget@under=ID=2.5", "slots@under=PH=3"]);
  assert.match(found[0], /^briefings@under=ID,group=cso=[0-9.]+$/);
  await expectSame(page, "southeast-asia", found);
  await page.click("#briefings-part-0-remove");
  assert.deepEqual(await settings(page), found.slice(1));
  await page.context().close();
});

test("places that no link can mean are passed over or refused, as the program refuses them", async () => {
  const wrong = ["grant_budget@tier=city=2", "resourcing@tier=city=2", "meeting_trust@tier=city=0.2", "meetings@teir=city=2", "meetings@tier=city,tier=city=2", "meetings@tier==2"];
  const page = await open("first-steps", wrong.map((one) => `&set=${encodeURIComponent(one)}`).join(""));
  assert.deepEqual(await settings(page), []);
  await page.evaluate(() => (location.hash = `${location.hash}&set=${encodeURIComponent("meetings@tier=national=3")}`));
  await until(page, () => /^Coordination meetings: no place/.test(document.querySelector("footer .status").textContent));
  assert.throws(() => stateOf(join(SCENARIOS, "first-steps"), "--set", "meetings@tier=national=3"));
  await page.context().close();
});

test("axe-core finds no serious fault, in any language", async () => {
  for (const language of ["en", "fil"]) {
    const page = await open("southeast-asia", `&set=${encodeURIComponent("meetings@under=PH,tier=city=5.5")}`);
    await page.selectOption("select.language", language);
    await page.click("#places-meetings summary");
    await page.evaluate(readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8"));
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    await page.context().close();
  }
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
