// What the tests of the page share: the program, a page with scenarios, and a browser that has no network.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const { NLCSIM, NLCSIM_SCENARIOS: SCENARIOS, NLCSIM_PAGE_SOURCE: SOURCE, NLCSIM_PAGE_BUILD: BUILD } = process.env;
const SKIPPED = 77;
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(SKIPPED);
}

if (!existsSync(join(BUILD, "node_modules", "vite"))) skip("the page was not built");

export const packages = createRequire(join(BUILD, "package.json"));
const folder = mkdtempSync(join(tmpdir(), "nlcsim-page-"));
let numResults = 0;
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export function nlcsim(...words) {
  return execFileSync(NLCSIM, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], cwd: folder, timeout: 300000, maxBuffer: 1 << 28 });
}

// The state that `nlcsim run --hash` prints.
export function stateOf(...words) {
  return /^state ([0-9a-f]{16})$/m.exec(nlcsim("run", ...words, "--hash", "-o", join(folder, "results")))[1];
}

// A table of the results that the program writes.
export function results(table, ...words) {
  const out = join(folder, `results-${++numResults}`);
  nlcsim("run", ...words, "-o", out);
  return readFileSync(join(out, table), "utf8");
}

// A table of what the program finds when it compares scenarios.
export function comparison(table, ...words) {
  const out = join(folder, `comparison-${++numResults}`);
  nlcsim("compare", ...words, "-o", out);
  return readFileSync(join(out, table), "utf8");
}

// Writes a page with these scenarios, and returns its address.
export function makePage(names, ...options) {
  const file = join(folder, `${names.join("-").slice(0, 100)}.html`);
  nlcsim("workshop", ...names.map((name) => join(SCENARIOS, name)), "-o", file, ...options);
  return pathToFileURL(file).href;
}

// The address that the program says it can be opened at.
export function addressOf(names, ...options) {
  const file = join(folder, `${names.join("-").slice(0, 100)} opened.html`);
  return /^link: (.*)$/m.exec(nlcsim("workshop", ...names.map((name) => join(SCENARIOS, name)), "-o", file, ...options))[1];
}

// Opens pages, and keeps what they ask for and what they complain about.
export class Browser {
  requests = [];
  complaints = [];

  static async start() {
    if (!CHROMIUM) skip("there is no Chromium");
    const self = new Browser();
    const { chromium } = packages("playwright-core");
    self.browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    return self;
  }

  async open(address, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 720 }, offline: true, locale: "en", ...options });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.on("request", (request) => this.requests.push(request.url()));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    await page.goto(address);
    await page.waitForSelector("footer", { timeout: 60000 });
    return page;
  }

  // What was asked for beside the page itself and what it made.
  get foreign() {
    return this.requests.filter((url) => !url.startsWith("file:") || !url.includes(".html")).filter((url) => !/^(blob|data):/.test(url));
  }

  async close() {
    await this.browser.close();
  }
}

export async function hashOf(page) {
  await page.waitForSelector("footer[data-hash]", { timeout: 120000 });
  return page.getAttribute("footer", "data-hash");
}

// The fragment of the address; the page writes it when nothing has changed for a while.
export const fragmentOf = (page) => page.evaluate(() => new Promise((resolve) => setTimeout(() => resolve(location.hash), 400)));

// What the address says under a name.
export const wordsOf = async (page, name = "set") => new URLSearchParams((await fragmentOf(page)).slice(1)).getAll(name);

// The command line that the page gives to take home.
export async function commandOf(page) {
  await page.click("header button.home");
  await page.click("dialog button.command");
  const [copied, shown] = [await page.evaluate(() => navigator.clipboard.readText()), await page.textContent("dialog .command-row code")];
  await page.click("dialog .close");
  if (copied !== shown) throw new Error(`copied '${copied}', shown '${shown}'`);
  return copied;
}

// Waits until a function of the page says true. Playwright's own way needs eval, which the page forbids.
export async function until(page, predicate, argument) {
  for (const start = Date.now(); Date.now() - start < 60000; await page.waitForTimeout(50))
    if (await page.evaluate(predicate, argument)) return;
  throw new Error(`never true: ${predicate}`);
}
