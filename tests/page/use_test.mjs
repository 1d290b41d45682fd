// The page as it is used: coarse then full, languages, the map, the month, the numbers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { Browser, fragmentOf, hashOf, makePage, nlcsim, packages, SCENARIOS, SOURCE, until, wordsOf } from "./browser.mjs";

const { readTable } = await import(pathToFileURL(join(SOURCE, "csv.mjs")).href);
const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["philippines-roadmap", "first-steps"]);

// How many places the map says to be in the chosen stage, which is all that can be read of a canvas.
const mapText = (page) => page.getAttribute(".places canvas", "aria-label");

test("a coarse answer comes first, then all replicates", async () => {
  const page = await browser.open(address);
  const runs = await page.evaluate(() => new Promise((resolve) => {
    const footer = document.querySelector("footer"), seen = [];
    new MutationObserver(() => {
      seen.push(Number(footer.dataset.runs));
      if (seen[seen.length - 1] === 32 && seen.length > 1) resolve(seen);
    }).observe(footer, { attributeFilter: ["data-runs"] });
    const dial = document.querySelector("#dial-resourcing");
    dial.value = "20";
    dial.dispatchEvent(new Event("input"));
  }));
  assert.ok(runs[0] >= 8 && runs[0] < 32, String(runs));
  await page.context().close();
});

test("the numbers are those of the program's summary", async () => {
  const page = await browser.open(`${address}#scenario=philippines-roadmap&set=resourcing%3D2&lang=en`);
  await hashOf(page);
  const shown = await page.locator(".tile").allTextContents();
  const summary = nlcsim("run", join(SCENARIOS, "philippines-roadmap"), "--set", "resourcing=2", "--replicates", "32", "-o", "summary");
  for (const [k, name] of ["adopted (has a plan)", "functioning (plan works)", "paper-plan gap"].entries()) {
    const line = summary.split("\n").find((text) => text.startsWith(name));
    const [, median, low, high] = /(\d+) % \((\d+)-(\d+)\)\s*$/.exec(line);
    assert.match(shown[k], new RegExp(`\\D${median} %${low}–${high} % in 9 of 10 runs$`));
  }
  await page.context().close();
});

test("the month moves the map and the numbers", async () => {
  const page = await browser.open(`${address}#scenario=philippines-roadmap&lang=en`);
  await hashOf(page);
  const [end, value] = [await mapText(page), await page.locator(".tile.adopted .value").textContent()];
  await page.focus("#month");
  await page.keyboard.press("Home");
  await until(page, (before) => document.querySelector(".places canvas").getAttribute("aria-label") !== before, end);
  assert.match(await mapText(page), /July 2023: 0 places/);
  assert.notEqual(await page.locator(".tile.adopted .value").textContent(), value);
  await page.click("button.play");
  await until(page, () => Number(document.querySelector("#month").value) > 12);
  await page.click("button.play");
  await page.context().close();
});

test("the map shows another stage", async () => {
  const page = await browser.open(`${address}#scenario=philippines-roadmap&lang=en`);
  await hashOf(page);
  const before = await mapText(page);
  await page.selectOption(".map select", "functioning");
  await until(page, (text) => document.querySelector(".places canvas").getAttribute("aria-label") !== text, before);
  assert.match(await fragmentOf(page), /stage=functioning/);
  await page.context().close();
});

test("moves are undone and done again", async () => {
  const page = await browser.open(`${address}#scenario=first-steps&lang=en`), settings = async () => (await wordsOf(page)).join();
  await page.focus("#dial-engagement");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await page.focus("#dial-resourcing");
  await page.keyboard.press("End");
  assert.equal(await settings(), "engagement=1.3,resourcing=3");
  await page.keyboard.press("Control+z");
  assert.equal(await settings(), "engagement=1.3");
  await page.click("button.undo");
  assert.equal(await settings(), "");
  assert.ok(await page.isDisabled("button.undo") && await page.isDisabled("button.reset"));
  await page.keyboard.press("Control+Shift+Z");
  await page.click("button.redo");
  assert.equal(await settings(), "engagement=1.3,resourcing=3");
  await page.click("button.reset");
  assert.equal(await settings(), "");
  await page.context().close();
});

test("paper shows views that are not open as the levers stand", async () => {
  const page = await browser.open(`${address}#scenario=first-steps&lang=en`);
  const printed = () => page.evaluate(() => {
    window.dispatchEvent(new Event("beforeprint"));
    return [...document.querySelectorAll(".roadmap .frame, .network .frame, .flows .frame")].map((frame) => frame.innerHTML);
  });
  const first = await hashOf(page), before = await printed();
  assert.ok(before.length >= 3 && before.every((picture) => picture.startsWith("<svg")));
  await page.focus("#dial-engagement");
  await page.keyboard.press("End");
  await until(page, (hash) => ![undefined, hash].includes(document.querySelector("footer").dataset.hash), first);
  const after = await printed();
  assert.ok(after.every((picture, k) => picture !== before[k]));
  await page.context().close();
});

test("axe-core finds no serious fault", async () => {
  const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
  for (const viewport of [{ width: 1280, height: 720 }, { width: 390, height: 844 }]) {
    const page = await browser.open(`${address}#lang=id`, { viewport });
    await hashOf(page);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    await page.context().close();
  }
});

test("every language is spoken, and names of months with it", async () => {
  for (const [language, text, month] of [["id", "Sumber daya", "Juni"], ["ms", "Sumber", "Jun"], ["fil", "Pondo", "Hunyo"], ["en", "Resourcing", "June"]]) {
    const page = await browser.open(`${address}#scenario=philippines-roadmap&lang=${language}`);
    assert.ok((await page.textContent("label[for=dial-resourcing]")).startsWith(text));
    assert.ok((await page.textContent(".time output")).startsWith(month));
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    assert.ok((await page.textContent("footer .not")).length > 40);
    await page.context().close();
  }
});

test("levers and assumptions are named and explained in the language", async () => {
  const rows = readTable(readFileSync(join(SOURCE, "..", "names.csv"), "utf8")), text = (key, language) => rows.find((row) => row.key === key)[language];
  for (const language of ["id", "fil"]) {
    const page = await browser.open(`${address}#scenario=first-steps&lang=${language}&view=levers`);
    for (const key of ["lever.meetings", "parameter.no_reply_trust"]) {
      const name = key.split(".")[1];
      assert.equal(await page.textContent(`label[for=set-${name}]`), text(key, language));
      assert.ok((await page.textContent(`#set-${name}-about`)).startsWith(text(`${key}.about`, language)));
    }
    await page.context().close();
  }
});

test("nothing stands outside the screen", async () => {
  for (const [width, height] of [[1280, 720], [1920, 1080], [820, 1180], [390, 844]])
    for (const language of ["en", "id", "ms", "fil"]) {
      const page = await browser.open(`${address}#lang=${language}`, { viewport: { width, height } });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width} ${language}`);
      if (width > 1050) assert.ok(await page.evaluate(() => document.querySelector(".tiles").getBoundingClientRect().bottom <= document.querySelector(".time").getBoundingClientRect().top + 1), `${width} ${language}`);
      await page.context().close();
    }
});

test("names of leaf places stay out unless the scenario gives them", async () => {
  const text = await (await browser.open(address)).evaluate(async () => {
    const packed = document.getElementById("scenarios").textContent, bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  });
  const [roadmap, steps] = JSON.parse(text).scenarios.map((scenario) => scenario.text);
  assert.ok(!roadmap.includes("\tAdams\n"));
  assert.ok(roadmap.includes("\tIlocos Norte\n"));
  assert.ok(/\n[^\t\n]+\t[^\t\n]+\n$/.test(steps));
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
