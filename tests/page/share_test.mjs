// What is taken from the page gives the same again: the link in another page, the command line in a shell.
import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { addressOf, Browser, commandOf, fragmentOf, hashOf, makePage, NLCSIM, SCENARIOS, stateOf, until } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps", "manila-follow-through"]);

async function moved() {
  const page = await browser.open(`${address}#scenario=manila-follow-through&lang=en`);
  await page.focus("#dial-engagement");
  for (let k = 0; k < 7; k++) await page.keyboard.press("ArrowRight");
  await page.focus("#dial-resourcing");
  await page.keyboard.press("Home");
  await page.focus("#month");
  await page.keyboard.press("ArrowLeft");
  await until(page, () => location.hash.includes("resourcing%3D0") && location.hash.includes("engagement%3D1.7"));
  return page;
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

test("the link opens the same state", async () => {
  const page = await moved(), hash = await hashOf(page);
  await page.click("button.link");
  const other = await browser.open(await clipboard(page));
  assert.equal(await hashOf(other), hash);
  assert.equal(await other.inputValue("#dial-engagement"), "17");
  assert.equal(await other.inputValue("#dial-resourcing"), "0");
  assert.equal(await other.inputValue("#month"), await page.inputValue("#month"));
  assert.equal(await fragmentOf(other), await fragmentOf(page));
});

test("the command line gives the same states", async () => {
  const page = await moved(), hash = await hashOf(page);
  const command = await commandOf(page);
  assert.match(command, /^nlcsim run .*manila-follow-through --set engagement=1\.7 --set resourcing=0 --replicates 32 --seed [0-9]+ --hash$/);
  const output = execSync(`${command.replace(/^nlcsim/, `'${NLCSIM}'`)} -o "$(mktemp -u)"`, { encoding: "utf8" });
  assert.ok(output.includes(`state ${hash}`), output);
});

test("settings of the page's own making stand in its command line", async () => {
  const page = await browser.open(makePage(["first-steps"], "--set", "scenario.months=24", "--set", "meetings=5"));
  const hash = await hashOf(page);
  const command = await commandOf(page);
  const output = execSync(`${command.replace(/^nlcsim/, `'${NLCSIM}'`)} -o "$(mktemp -u)"`, { encoding: "utf8" });
  assert.ok(output.includes(`state ${hash}`), output);
});

test("what a link says wrongly is passed over", async () => {
  const page = await browser.open(`${address}#scenario=nowhere&set=meetngs%3D4&set=resourcing%3Dx&month=9999&stage=gone&lang=xx`);
  assert.equal(await page.inputValue("#dial-resourcing"), "10");
  assert.match(await fragmentOf(page), /scenario=first-steps/);
});

test("the program's link opens the page with the levers that it was given, and the page gives the same link", async () => {
  const words = ["--set", "scenario.months=36", "--set", "meetings*=1.5", "--set", "guidance_fidelity=0.6", "--set", "trainings@tier=city,from=2026-04=0.7", "--set", "resourcing=2.5"];
  const link = addressOf(["first-steps", "sceptic"], ...words), expected = stateOf(join(SCENARIOS, "first-steps"), "--replicates", "32", ...words);
  for (const address of [link, link.split("#")[0]]) {
    const page = await browser.open(address);
    assert.equal(await hashOf(page), expected);
    assert.equal(await page.inputValue("#dial-resourcing"), "25");
    await page.click("button.link");
    assert.equal(await clipboard(page), `${link}&lang=en`);
    const output = execSync(`${(await commandOf(page)).replace(/^nlcsim/, `'${NLCSIM}'`)} -o "$(mktemp -u)"`, { encoding: "utf8" });
    assert.ok(output.includes(`state ${expected}`), output);
    await page.selectOption("select.scenario", "1");
    await until(page, () => location.hash.startsWith("#scenario=sceptic&set=meetings*%3D1.5") && document.querySelector("#dial-resourcing")?.value === "25");
    await page.context().close();
  }
});

test("what a reader chose to see goes with the link, and stands in another language", async () => {
  const shown = ["flow=grant", "period=total", "country=PH", "rows=tier", "measure=trust", "list=assumptions", "part=survey"];
  const page = await browser.open(`${makePage(["southeast-asia"])}#scenario=southeast-asia&replicates=4&lang=en&view=network`);
  await hashOf(page);
  for (const [list, value] of [["flow", "grant"], ["period", "total"], ["country", "PH"]]) await page.selectOption(`.network select.${list}`, value);
  await page.click(".view-roadmap");
  await page.selectOption(".roadmap select.rows", "tier");
  await page.click(".view-compare");
  await page.selectOption(".compare select.measure", "trust");
  await page.click(".view-levers");
  await page.click(".list-assumptions");
  await page.click(".view-room");
  await page.click(".part-survey");
  assert.deepEqual((await fragmentOf(page)).slice(1).split("&").filter((word) => /^(flow|period|country|rows|measure|list|part)=/.test(word)), shown);
  const other = await browser.open((await page.evaluate(() => location.href)).replace("lang=en", "lang=ms"));
  await hashOf(other);
  await other.waitForSelector(".room .part.survey:not([hidden])");
  await other.click(".view-network");
  assert.deepEqual(await other.locator(".network select").evaluateAll((all) => all.map(({ value }) => value)), ["grant", "total", "PH"]);
  assert.match(await other.textContent(".network .said"), /^Geran sejak permulaan/);
  assert.equal(await other.locator(".network svg text", { hasText: "Munisipaliti" }).count() + await other.locator(".network svg text", { hasText: "Majlis perbandaran" }).count(), 1);
  await other.click(".view-roadmap");
  assert.equal(await other.inputValue(".roadmap select.rows"), "tier");
  await other.click(".view-levers");
  assert.ok(await other.isVisible("#set-meeting_trust") && !(await other.isVisible("#set-meetings")));
  await page.context().close();
  await other.context().close();
});

test("a link that is put into an open page is followed", async () => {
  const page = await browser.open(address);
  const hash = await hashOf(page);
  await page.evaluate(() => (location.hash = "#scenario=first-steps&set=resourcing%3D2.5&lang=id"));
  await until(page, () => document.documentElement.lang === "id" && document.querySelector("#dial-resourcing")?.value === "25");
  await until(page, (before) => ![undefined, before].includes(document.querySelector("footer")?.dataset.hash), hash);
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
