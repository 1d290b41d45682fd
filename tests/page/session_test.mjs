// A session is saved as a file and opened again, in the same page or in another; what is no session is refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Browser, fragmentOf, hashOf, makePage, until } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["first-steps", "sceptic"]);

async function open(words) {
  const page = await browser.open(`${address}#${words}`);
  await hashOf(page);
  return page;
}

async function saved(page) {
  await page.click("header button.home");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".session-save")]);
  assert.match(download.suggestedFilename(), /^sceptic-session\.json$/);
  await page.click("dialog .close");
  return readFileSync(await download.path(), "utf8");
}

async function pick(page, name, text) {
  await page.click("header button.home");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click(".session-open")]);
  await chooser.setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

const drop = (page, name, text) => page.evaluate(([file, content]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([content], file));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}, [name, text]);

let text, hash, from;

test("a session is saved with its settings and what the room has said", async () => {
  const page = await open("scenario=sceptic&set=resourcing%3D1.7&set=meetings*%3D1.3&lang=id&month=17&view=room");
  await page.fill("#guess", "37");
  await page.click(".reveal");
  await page.click(".part-budget");
  await page.click("button.reset");
  const mine = (await page.textContent(".mine")).split(": ")[1];
  await page.click("button.undo");
  await page.fill("#code", mine);
  await page.click(".budget .enter");
  from = await fragmentOf(page);
  hash = await hashOf(page);
  text = await saved(page);
  const file = JSON.parse(text);
  assert.equal(file.address, from);
  assert.deepEqual(file.room, { guess: { value: "37", revealed: true }, tables: [mine] });
  await page.context().close();
});

async function isAsSaved(page) {
  await until(page, (wanted) => location.hash === wanted, from);
  await until(page, () => document.querySelector("#guess")?.value === "37");
  assert.equal(await hashOf(page), hash);
  assert.equal(await fragmentOf(page), from);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "id");
  assert.equal(await page.inputValue("#month"), "17");
  assert.ok(await page.isVisible(".board table"));
  assert.equal(await page.locator(".board table tr").count(), 2);
  await page.click(".part-guess");
  assert.ok(await page.isVisible(".guess .figure svg"));
}

test("it is opened again in another page, by a file that is picked", async () => {
  const page = await open("scenario=first-steps&lang=en&set=engagement%3D0.4");
  await pick(page, "mine.json", text);
  await isAsSaved(page);
  await page.click("button.undo");
  assert.match(await fragmentOf(page), /scenario=first-steps.*engagement%3D0\.4/);
  await page.context().close();
});

test("and by a file that is dropped, where scenario and language are the same already", async () => {
  const page = await open("scenario=sceptic&lang=id");
  await drop(page, "mine.json", text);
  await isAsSaved(page);
  await page.context().close();
});

test("what the room has said outlives a change of language", async () => {
  const page = await open("scenario=sceptic&lang=en&view=room");
  await page.fill("#guess", "23");
  await page.selectOption("select.language", "ms");
  await until(page, () => document.documentElement.lang === "ms" && document.querySelector("#guess")?.value === "23");
  await page.context().close();
});

test("a file that is no session is refused, with a reason, and changes nothing", async () => {
  const page = await open("scenario=sceptic&lang=en&set=resourcing%3D2"), before = await fragmentOf(page), good = JSON.parse(text);
  const wrong = [
    ["picture.png", "\x89PNG", /^picture\.png is not a session/],
    ["other.json", '{"file": "other", "version": 1}', /^other\.json is not a session/],
    ["list.json", "[1, 2]", /not a session/],
    ["half.json", text.slice(0, text.length / 2), /not a session/],
    ["bare.json", JSON.stringify({ file: good.file, version: 1 }), /not a session/],
    ["next.json", JSON.stringify({ ...good, version: 2 }), /newer page/],
    ["away.json", JSON.stringify({ ...good, scenario: "elsewhere" }), /scenario 'elsewhere', which is not in this page/],
  ];
  for (const [name, content, reason] of wrong) {
    await pick(page, name, content);
    await page.waitForSelector("dialog.told");
    assert.match(await page.textContent("dialog.told p"), reason);
    await page.click("dialog.told .close");
    assert.equal(await fragmentOf(page), before);
  }
  await page.context().close();
});

test("strange values within a session are passed over, and a changed scenario is said", async () => {
  const page = await open("scenario=sceptic&lang=en"), good = JSON.parse(text);
  await drop(page, "odd.json", JSON.stringify({ ...good, hash: "0", room: { guess: { value: "<b>", revealed: true }, tables: [7, "ZZZZ", {}, "x"] } }));
  await page.waitForSelector("dialog.told");
  assert.match(await page.textContent("dialog.told p"), /Skenario telah berubah/);
  await page.click("dialog.told .close");
  await until(page, (wanted) => location.hash === wanted, from);
  await page.waitForSelector("#guess", { state: "attached" });
  assert.equal(await page.inputValue("#guess"), "");
  await page.click(".part-budget");
  assert.equal(await page.locator(".board table").count(), 0);
  await page.context().close();
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
