// The last change once more: step by step, by keys, at its own pace, and stopped.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Browser, fragmentOf, hashOf, makePage, packages, until } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps"]);

async function moved(options) {
  const page = await browser.open(`${address}#lang=en&set=meetings*%3D1.5`, options);
  await hashOf(page);
  assert.ok(await page.isDisabled("button.replay"));
  await page.focus("#dial-resourcing");
  await page.keyboard.press("End");
  await until(page, () => document.querySelector("footer").dataset.runs === "32" && document.querySelector("footer").dataset.hash !== undefined);
  return page;
}

const said = (page) => page.textContent("dialog.replay .said");
const stepOf = (page) => page.getAttribute("dialog.replay", "data-step");

async function opened(page) {
  await page.focus("button.replay");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.replay svg");
}

test("each step tells one thing, by the keyboard alone", async () => {
  const page = await moved({ reducedMotion: "reduce" }), shown = await page.textContent(".tile.functioning .value"), hash = await fragmentOf(page);
  await opened(page);
  assert.match(await said(page), /^Before the change.*Resourcing: as in the scenario → 3/);
  await page.keyboard.press("ArrowRight");
  assert.match(await said(page), /^Resourcing: as in the scenario → 3\. What will it do/);
  const curves = () => page.locator("dialog.replay polyline").count(), before = await curves();
  await page.keyboard.press("ArrowRight");
  assert.match(await said(page), /^Has a plan: [0-9]+ % → [0-9]+ % by December 2029/);
  assert.equal(await curves(), before + 1);
  await page.keyboard.press("ArrowRight");
  assert.ok((await said(page)).startsWith("Plan functions: ") && (await said(page)).includes(`→ ${shown} by`), `${await said(page)} and ${shown}`);
  await page.keyboard.press("ArrowLeft");
  assert.match(await said(page), /^Has a plan/);
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.equal(await fragmentOf(page), hash);
  await page.context().close();
});

test("what was before is what the page showed before", async () => {
  const page = await moved({ reducedMotion: "reduce" });
  await page.click("button.undo");
  await until(page, () => document.querySelector("footer").dataset.runs === "32" && document.querySelector("footer").dataset.hash !== undefined);
  const shown = await page.textContent(".tile.adopted .value");
  assert.ok(await page.isDisabled("button.replay"));
  await page.click("button.redo");
  await until(page, () => document.querySelector("footer").dataset.hash !== undefined);
  await opened(page);
  for (const key of ["ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  assert.ok((await said(page)).startsWith(`Has a plan: ${shown} →`), `${await said(page)} and ${shown}`);
  await page.click("dialog.replay .stop");
  await page.waitForSelector("dialog", { state: "detached" });
  await page.context().close();
});

test("it goes on by itself and is paused, but where motion is unwelcome it waits", async () => {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    const page = await moved({ reducedMotion });
    await page.clock.install();
    await opened(page);
    await page.clock.runFor(5100);
    assert.equal(await stepOf(page), reducedMotion === "reduce" ? "0" : "1");
    if (reducedMotion !== "reduce") {
      await page.click("dialog.replay .pause");
      await page.clock.runFor(20000);
      assert.equal(await stepOf(page), "1");
      await page.click("dialog.replay .pause");
      await page.clock.runFor(30000);
      assert.equal(await stepOf(page), "4");
    }
    await page.context().close();
  }
});

test("axe-core finds no serious fault", async () => {
  const page = await moved({ reducedMotion: "reduce", viewport: { width: 390, height: 844 } });
  await opened(page);
  await page.evaluate(readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  assert.ok((await page.evaluate(() => document.querySelector("dialog.replay").getBoundingClientRect().right)) <= 390);
  await page.context().close();
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
