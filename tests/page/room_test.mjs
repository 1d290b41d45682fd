// A session of thirty minutes, played through: think first, three tables' codes, an event card, a
// comparison, and the page on paper.
import assert from "node:assert/strict";
import test from "node:test";
import { join } from "node:path";
import { Browser, hashOf, makePage, packages, SCENARIOS, stateOf, until } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const page = await browser.open(`${makePage(["first-steps"])}#lang=en&view=room`);
await hashOf(page);

const settings = () => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).getAll("set").join());
const text = (selector) => page.textContent(selector);

async function spend(shares) {
  for (const [k, dial] of ["resourcing", "engagement", "capacity_building"].entries())
    await page.evaluate(([id, value]) => {
      const input = document.getElementById(id);
      input.value = value;
      input.dispatchEvent(new Event("input"));
    }, [`dial-${dial}`, String(shares[k])]);
}

async function enter(code) {
  await page.fill("#code", code);
  await page.click(".budget .enter");
}

test("the curve waits for the guess", async () => {
  assert.ok(await page.isHidden(".guess .figure"));
  await page.click(".reveal");
  assert.ok(await page.isHidden(".guess .figure") && await page.isHidden(".tile.functioning"));
  await page.fill("#guess", "100");
  await page.click(".reveal");
  assert.ok(await page.isVisible(".guess .figure svg") && await page.isVisible(".tile.functioning"));
  const shown = Number(/([0-9]+) %/.exec(await text(".tile.functioning .value"))[1]);
  assert.match(await text(".guess .said"), new RegExp(`^${100 - shown} points above the middle of the runs, ${shown} %`));
  await page.click(".reveal");
  assert.ok(await page.isHidden(".guess .figure"));
});

const codes = [];

test("each table's choice is a code of its own", async () => {
  await page.click(".part-budget");
  for (const shares of [[5, 10, 15], [10, 10, 10], [20, 5, 5]]) {
    await spend(shares);
    codes.push(/: ([0-9A-Z]{4})$/.exec(await text(".mine"))[1]);
  }
  assert.equal(new Set(codes).size, 3);
  await spend([10, 10, 11]);
  assert.match(await text(".mine"), /add up to 3\.1, not to 3\.0/);
  await page.click("button.reset");
});

// What a telephone reads on the screen.
async function scanned(selector) {
  const png = (await page.locator(selector).screenshot()).toString("base64");
  const { width, height, data } = await page.evaluate(async (base64) => {
    const image = new Image(), canvas = document.createElement("canvas");
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    Object.assign(canvas, { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return { width: image.width, height: image.height, data: [...canvas.getContext("2d").getImageData(0, 0, image.width, image.height).data] };
  }, png);
  return packages("jsqr")(Uint8ClampedArray.from(data), width, height)?.data;
}

test("the code is read from the screen by a camera, small and large", async () => {
  await spend([20, 5, 5]);
  assert.equal(await scanned("button.qr"), codes[2]);
  await page.click("button.qr");
  assert.equal(await scanned("dialog.qr svg"), codes[2]);
  assert.equal(await text("dialog.qr strong"), codes[2]);
  const { width, height } = await page.locator("dialog.qr svg").boundingBox();
  assert.ok(width === height && height > 0.55 * 720);
  await page.keyboard.press("Escape");
  await spend([20, 5, 6]);
  assert.ok(await page.isHidden("button.qr"));
  await page.click("button.reset");
});

test("the facilitator sees the choices of all, their spread and their middle", async () => {
  const wrong = codes[0].slice(0, 3) + (codes[0][3] === "A" ? "B" : "A");
  await enter(codes[0].toLowerCase());
  await enter(` ${codes[1]}, ${wrong}\t${codes[2].toLowerCase()}\n`);
  assert.match(await text(".problem"), new RegExp(`^${wrong}: this is no code`));
  assert.equal(await page.inputValue("#code"), wrong);
  assert.equal(await page.locator(".board tbody tr, .board table tr").count(), 4);
  const lines = await page.locator(".line .spread").allTextContents();
  assert.deepEqual(lines, ["median 1.0, from 0.5 to 2.0", "median 1.0, from 0.5 to 1.0", "median 1.0, from 0.5 to 1.5"]);
  assert.match(await text(".board table tr:nth-child(3)"), /%.*–.*%/);
  await page.locator(".board button").first().click();
  await until(page, () => /%.*–.*%/.test(document.querySelector(".board table tr:nth-child(2)").textContent));
  assert.equal(await settings(), "resourcing=0.5,capacity_building=1.5");
});

test("a card is rows of levers, and is taken back", async () => {
  const before = await settings();
  await page.click(".part-cards");
  await page.click(".card.cliff");
  assert.equal(await settings(), `${before},grant=0,drafting_support=0`);
  await until(page, () => document.querySelector("footer").dataset.hash !== undefined);
  const words = (await settings()).split(",").flatMap((one) => ["--set", one]);
  assert.equal(await hashOf(page), stateOf(join(SCENARIOS, "first-steps"), "--replicates", "32", ...words));
  await page.click(".card.cliff");
  assert.equal(await settings(), before);
  for (const name of ["election", "cliff", "lapse", "turnover", "mandate", "silence"]) {
    await page.click(`.card.${name}`);
    assert.equal(await page.getAttribute(`.card.${name}`, "aria-pressed"), "true");
  }
  await until(page, () => document.querySelector("footer").dataset.runs === "32" && document.querySelector("footer").dataset.hash !== undefined);
  assert.match(await text("footer .status"), /^32 runs$/);
  await page.click("button.reset");
});

test("the notes fill their time", async () => {
  await page.click(".part-notes");
  const ends = await page.locator(".notes details").evaluateAll((all) => all.map((one) => one.querySelector("tr:last-child .minutes").textContent.split("–")[1]));
  assert.deepEqual(ends, ["30", "90", "180"]);
});

test("large type is larger, and stays on the screen", async () => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), before = await size();
  await page.click("button.large");
  assert.ok((await size()) > 1.2 * before);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 1280);
  await page.click("button.large");
});

test("a comparison and the print end the session", async () => {
  await spend([20, 10, 10]);
  await page.click(".view-compare");
  await until(page, () => /less A: \+[0-9]+ points/.test(document.querySelector(".compare .said").textContent));
  assert.ok((await page.pdf({ format: "A4" })).length > 10000);
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
