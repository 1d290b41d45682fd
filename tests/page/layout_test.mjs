// Whatever the language and the screen: titles are whole, and no text of a picture lies on another or is cut.
import assert from "node:assert/strict";
import test from "node:test";
import { Browser, makePage, until } from "./browser.mjs";

const browser = await Browser.start();
test.after(() => browser.close());
const address = makePage(["philippines-roadmap", "southeast-asia", "sceptic"]);
const SIZES = [[1280, 720], [820, 1180], [390, 844]];
const LANGUAGES = ["en", "id", "ms", "fil"];

// The page in every language at every size.
async function everywhere(words, look) {
  const page = await browser.open(`${address}#replicates=4&lang=en&${words}`);
  for (const language of LANGUAGES) {
    await page.selectOption("select.language", language);
    await until(page, (wanted) => document.documentElement.lang === wanted && document.querySelector("footer")?.dataset.runs === "4", language);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(100);
      await look(page, `${language} ${width}`);
    }
  }
  await page.context().close();
}

// Pairs of texts in one picture that overlap, and texts that stand outside of it.
const faults = (page, view) => page.evaluate((selector) => {
  const found = [];
  for (const svg of document.querySelectorAll(`main > .${selector} svg`)) {
    const frame = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll("text")].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect() }));
    texts.forEach(({ said, box }, k) => {
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2) found.push(`'${said}' is cut`);
      for (const other of texts.slice(k + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left), up = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 1 && up > 0.3 * Math.min(box.height, other.box.height)) found.push(`'${said}' lies on '${other.said}'`);
      }
    });
  }
  return found;
}, view);

// In the network, names that are wider than their box, and texts that a box hides.
const hidden = (page) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll(".network svg rect[stroke]")].map((rect) => ({ rect, box: rect.getBoundingClientRect() })), found = [];
  for (const { rect, box } of boxes) {
    const name = rect.nextElementSibling.getBoundingClientRect();
    if (name.left < box.left || name.right > box.right) found.push(`the box of '${rect.nextElementSibling.textContent}' is too small`);
  }
  for (const text of document.querySelectorAll(".network svg text")) {
    const own = text.getBoundingClientRect();
    if (boxes.some(({ rect, box }) => rect.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING && own.right > box.left + 2 && own.left < box.right - 2 && own.bottom > box.top + 0.2 * own.height && own.top < box.bottom - 0.2 * own.height)) found.push(`'${text.textContent}' is behind a box`);
  }
  return found;
});

test("a title is whole", () => everywhere("scenario=sceptic", async (page, where) => {
  const cut = await page.evaluate(() => {
    const title = document.querySelector("h1 .scenario");
    return title.scrollHeight > title.clientHeight + 1 || title.scrollWidth > title.clientWidth + 1;
  });
  assert.ok(!cut, where);
}));

for (const scenario of ["philippines-roadmap", "southeast-asia"])
  test(`texts of pictures stand apart: ${scenario}`, async () => {
    const found = [];
    await everywhere(`scenario=${scenario}&month=40&view=network&set=direct_channel%3D1`, async (page, where) => {
      for (const view of ["network", "roadmap", "flows", "compare"]) {
        await page.click(`.view-${view}`);
        await page.waitForTimeout(100);
        found.push(...(await faults(page, view)).map((fault) => `${where} ${view}: ${fault}`));
        if (view === "network") found.push(...(await hidden(page)).map((fault) => `${where}: ${fault}`));
      }
    });
    assert.deepEqual(found, []);
  });

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
