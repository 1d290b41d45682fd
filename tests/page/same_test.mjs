// The states in the page are those of the program, for every scenario that ships.
import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { Browser, hashOf, makePage, SCENARIOS, stateOf } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());

const names = readdirSync(SCENARIOS).filter((name) => existsSync(join(SCENARIOS, name, "scenario.csv"))).sort();

// Dials and levers that every scenario holds, in turn.
const SETTINGS = [
  [],
  ["resourcing=1.7"],
  ["engagement=0.6", "capacity_building=2.3"],
  ["meetings=6", "trainings*=0.7", "dialogues+=1.1"],
  ["peer_effect=0.2", "mandate=1", "resourcing=0"],
];

for (const [k, name] of names.entries()) {
  test(`${name} has the state of the program`, async () => {
    const settings = SETTINGS[k % SETTINGS.length], replicates = k % 3 === 0 ? "9" : "8";
    const words = new URLSearchParams([["scenario", name], ...settings.map((setting) => ["set", setting]), ["replicates", replicates]]);
    const page = await browser.open(`${makePage([name])}#${words}`);
    const expected = stateOf(join(SCENARIOS, name), "--replicates", replicates, ...settings.flatMap((setting) => ["--set", setting]));
    assert.equal(await hashOf(page), expected);
    await page.context().close();
  });
}

test("all of 32 replicates, and network draws by chance", async () => {
  const page = await browser.open(makePage(["first-steps"], "--set", "scenario.peers=smallworld:4:0.2", "--set", "scenario.networks=3"));
  const expected = stateOf(join(SCENARIOS, "first-steps"), "--replicates", "32", "--set", "scenario.peers=smallworld:4:0.2", "--set", "scenario.networks=3");
  assert.equal(await hashOf(page), expected);
  await page.context().close();
});

test("a page with two countries is below 1.5 MB", () => {
  const file = fileURLToPath(makePage(["philippines-roadmap", "indonesia-2021-2024"]));
  assert.ok(statSync(file).size < 1.5e6);
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
