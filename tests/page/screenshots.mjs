// usage: node screenshots.mjs OUT [LANGUAGE|VIEW|WIDTH]...: pictures of every view, in every language and at three
// sizes, for people to look at. It is no test; the environment is that of the tests (see meson.build). Words
// behind OUT choose among them.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Browser, hashOf, makePage } from "./browser.mjs";

const SIZES = [[1280, 720], [820, 1180], [390, 844]];
const LANGUAGES = ["en", "id", "ms", "fil"];
const SCENARIO = process.env.NLCSIM_SHOWN ?? "philippines-roadmap";

const [out, ...chosen] = process.argv.slice(2);
if (!out) {
  console.error("usage: node screenshots.mjs OUT [LANGUAGE|VIEW|WIDTH]...");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

// All of them, unless some are chosen.
function among(all) {
  const some = all.filter((one) => chosen.includes(String(one)));
  return some.length > 0 ? some : all;
}

const browser = await Browser.start();
const address = makePage([...new Set([SCENARIO, "first-steps"])]);

async function takeViews(page, prefix) {
  const classes = await page.locator("nav.views button").evaluateAll((all) => all.map((one) => one.className));
  for (const view of among(classes.map((name) => name.replace("view-", "")))) {
    await page.click(`.view-${view}`);
    const parts = await page.locator(`main > .${view} .tabs button[class^=part-]`).evaluateAll((all) => all.map((one) => one.className));
    for (const part of parts.length > 0 ? parts : [""]) {
      if (part !== "") await page.click(`.${part}`);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(out, `${prefix}-${view}${part.replace("part", "")}.png`), fullPage: true });
    }
  }
}

for (const width of among(SIZES.map(([size]) => size))) {
  const height = SIZES.find(([size]) => size === width)[1];
  for (const language of among(LANGUAGES)) {
    const page = await browser.open(`${address}#scenario=${SCENARIO}&set=resourcing%3D2&month=40&lang=${language}`, { viewport: { width, height } });
    await hashOf(page);
    await takeViews(page, `${width}-${language}`);
    await page.context().close();
  }
}
await browser.close();
