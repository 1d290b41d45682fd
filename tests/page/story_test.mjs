// The story reveals the model piece by piece: by keyboard, in links, and with the engine's own numbers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Browser, fragmentOf, hashOf, makePage, nlcsim, packages, SCENARIOS, stateOf, until, wordsOf } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps"]), folder = join(SCENARIOS, "first-steps");
const settings = (page) => wordsOf(page);
const heading = (page) => page.textContent(".story .step");
const isNow = (page, step) => until(page, (wanted) => document.querySelector(".story .step").textContent.startsWith(wanted), `${step} `);
const hashes = [];

async function open(words) {
  const page = await browser.open(`${address}#scenario=first-steps&view=room&${words}`);
  await hashOf(page);
  return page;
}

test("it begins with a plan alone, and ends with the scenario", async () => {
  const page = await open("lang=en&set=resourcing%3D2");
  await page.click(".part-story");
  assert.ok(await page.isHidden(".story .figure") && await page.isDisabled(".back-step"));
  await page.click(".next-step");
  let before = Infinity;
  for (let step = 1; step <= 8; step++) {
    await isNow(page, step);
    const away = await settings(page);
    assert.ok(away.length < before && away.every((text) => /^[a-z_]+=0$/.test(text)), String(away));
    before = away.length;
    assert.equal((await page.textContent(".story .about")).split(/[.:;](?: |$)/).filter((text) => text !== "").length >= 2, true);
    assert.equal(await page.locator(".steps-of .passed").count(), step);
    hashes.push(await hashOf(page));
    assert.equal(hashes[step - 1], stateOf(folder, "--replicates", "32", ...away.flatMap((text) => ["--set", text])));
    await page.keyboard.press(step % 2 ? "PageDown" : "ArrowRight");
  }
  assert.equal(before, 0);
  assert.equal(new Set(hashes).size, 8);
  assert.ok(await page.isDisabled(".next-step"));
  assert.match(await heading(page), /^8 of 8: /);
  await page.keyboard.press("PageUp");
  await isNow(page, 7);
  await page.click(".back-step");
  await isNow(page, 6);
  assert.equal(await hashOf(page), hashes[5]);
  await page.context().close();
});

test("its sentence is the program's summary", async () => {
  const page = await open("lang=en&step=6&set=election%3D0&set=staff_turnover%3D0&set=mandate%3D0");
  assert.match(await heading(page), /^6 of 8: /);
  const summary = nlcsim("run", folder, "--replicates", "32", "--set", "election=0", "--set", "staff_turnover=0", "--set", "mandate=0", "-o", "story");
  const [adopted, functioning] = ["adopted", "functioning"].map((name) => /(\d+) % \((\d+)-(\d+)\)\s*$/.exec(summary.split("\n").find((text) => text.startsWith(name))).slice(1));
  assert.match(await page.textContent(".story .said"), new RegExp(`, ${adopted[0]} % of .*${adopted[1]}–${adopted[2]} %.* ${functioning[0]} % have .*${functioning[1]}–${functioning[2]} %`));
  await page.context().close();
});

test("a link opens at its step, and arrows in a field stay there", async () => {
  const page = await open("lang=id");
  await page.click(".part-story");
  for (let step = 1; step <= 4; step++) await page.click(".next-step");
  const hash = await hashOf(page), link = address.replace(/#.*$/, "") + (await fragmentOf(page));
  assert.match(link, /step=4/);
  const other = await browser.open(link);
  assert.equal(await hashOf(other), hash);
  assert.match(await heading(other), /^4 dari 8: /);
  assert.ok(await other.isVisible(".story .figure svg"));
  await other.focus("#month");
  await other.keyboard.press("ArrowLeft");
  assert.match(await heading(other), /^4 dari 8: /);
  await page.context().close();
  await other.context().close();
});

test("a lever that is moved is said, and the step comes back", async () => {
  const page = await open(`lang=en&step=7&set=mandate%3D0`);
  assert.ok(await page.isHidden(".story .moved"));
  await page.focus("#dial-engagement");
  await page.keyboard.press("End");
  await until(page, () => !document.querySelector(".story .moved").hidden);
  await page.click(".story .moved button");
  assert.deepEqual(await settings(page), ["mandate=0"]);
  assert.ok(await page.isHidden(".story .moved"));
  await page.context().close();
});

test("axe-core finds no serious fault, and nothing stands outside the screen", async () => {
  const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
  for (const [width, height, language] of [[1280, 720, "fil"], [820, 1180, "ms"], [390, 844, "id"]]) {
    const page = await browser.open(`${address}#scenario=first-steps&view=room&lang=${language}&step=7&set=mandate%3D0`, { viewport: { width, height } });
    await hashOf(page);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width}`);
    await page.context().close();
  }
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
