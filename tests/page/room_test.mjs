// A session of thirty minutes, played through: a show of hands, think first, three tables' codes, an event
// card, the obstacles of three groups, a comparison, the hands again, and the page on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, hashOf, makePage, packages, results, SCENARIOS, SOURCE, stateOf, until, wordsOf } from "./browser.mjs";

const { readTable } = await import(pathToFileURL(join(SOURCE, "csv.mjs")).href);

const browser = await Browser.start();
test.after(() => browser.close());
const page = await browser.open(`${makePage(["first-steps"])}#lang=en&view=room`);
await hashOf(page);

const settings = async () => (await wordsOf(page)).join();
const text = (selector) => page.textContent(selector);

const press = async (id, times) => {
  for (let k = 0; k < times; k++) await page.click(`#${id}`);
};

// Days taken from one kind of event and given to another, and the size of grants.
async function spend(from, to, steps, grant) {
  await page.click("button.reset:enabled").catch(() => {});
  await press(`${from}-less`, steps);
  await press(`${to}-more`, steps);
  await page.selectOption("#budget-grant", grant);
}

const dial = (name, tenths) => page.evaluate(([id, value]) => {
  const input = document.getElementById(id);
  input.value = value;
  input.dispatchEvent(new Event("input"));
}, [`dial-${name}`, String(tenths)]);

async function enter(code) {
  await page.fill("#code", code);
  await page.click(".budget .enter");
}

const words = async (key) => (await wordsOf(page, key))[0];

// Typed and left by the keyboard alone.
async function count(when, hands) {
  for (const [k, number] of hands.entries()) {
    await page.focus(`#${when}-${k}`);
    await page.keyboard.type(String(number));
    await page.keyboard.press("Tab");
  }
}

test("a show of hands sets what the model starts from", async () => {
  await page.click(".part-survey");
  assert.ok(await page.isDisabled(".survey .apply"));
  await count("survey", [24, 6, 12, 9, 0, 3, 18]);
  assert.equal(await words("survey"), "24.6.12.9.0.3.18");
  assert.equal(await settings(), "");
  const expected = ["start_awareness=0.163", "start_trust=0.425", "start_role=0.325", "start_capacity=0.05", "own_funding=0.2", "informal_reporting=0.388"];
  for (const one of expected) assert.ok((await text(".survey table")).includes(`→ ${one.split("=")[1]}`), one);
  const before = await hashOf(page);
  await page.focus(".survey .apply");
  await page.keyboard.press("Enter");
  assert.equal(await settings(), expected.join());
  assert.equal(await page.getAttribute(".survey .apply", "aria-pressed"), "true");
  await until(page, (old) => ![undefined, old].includes(document.querySelector("footer").dataset.hash), before);
  assert.equal(await hashOf(page), stateOf(join(SCENARIOS, "first-steps"), "--replicates", "32", ...expected.flatMap((one) => ["--set", one])));
  await page.click(".survey .apply");
  assert.equal(await settings(), "");
  await page.fill("#survey-2", "25");
  await page.press("#survey-2", "Tab");
  assert.match(await text(".survey .problem"), /more hands than people/);
  await page.fill("#survey-2", "12");
  await page.press("#survey-2", "Tab");
  assert.equal(await text(".survey .problem"), "");
  await page.click(".survey .apply");
  await page.click(".part-guess");
});

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
  await page.click("button.reset");
  await page.click(".part-budget");
  for (const choice of [["meetings", "trainings", 0, "1"], ["meetings", "trainings", 2, "0"], ["trainings", "meetings", 1, "3"]]) {
    await spend(...choice);
    codes.push(/: ([0-9A-Z]{5,8})$/.exec(await text(".mine"))[1]);
  }
  assert.equal(new Set(codes).size, 3);
  await page.click("#dialogues-more");
  assert.match(await text(".mine"), /^[0-9.]+ of [0-9.]+ days are spent/);
  assert.ok(await page.isHidden("button.qr"));
  await page.click("button.reset");
});

test("what a table spends is the scenario's own days, and by the keyboard alone", async () => {
  await page.focus("#meetings-less");
  for (let k = 0; k < 2; k++) await page.keyboard.press("Enter");
  await page.focus("#dialogues-more");
  for (let k = 0; k < 2; k++) await page.keyboard.press("Enter");
  await page.selectOption("#budget-grant", "0");
  const moved = Object.fromEntries((await settings()).split(",").map((one) => one.split("*=")));
  assert.deepEqual(Object.keys(moved).sort(), ["dialogues", "grant", "meetings"]);
  assert.equal(moved.grant, "0.5");
  const rows = readTable(readFileSync(join(SCENARIOS, "first-steps", "levers.csv"), "utf8")), planned = (name) => Number(rows.find(({ lever }) => lever === name).value);
  const gone = planned("meetings") * (1 - moved.meetings), come = planned("dialogues") * (moved.dialogues - 1);
  assert.ok(Math.abs(gone - come) < 1e-3, `${gone} and ${come}`);
  const hash = await hashOf(page);
  assert.equal(hash, stateOf(join(SCENARIOS, "first-steps"), "--replicates", "32", ...(await settings()).split(",").flatMap((one) => ["--set", one])));
  await page.click(".view-levers");
  await page.focus("#set-meetings");
  await page.keyboard.press("ArrowRight");
  await page.click(".view-room");
  const elsewhere = (await settings()).split(",").some((one) => one.startsWith("meetings="));
  assert.equal((await text(".mine")).includes("another view"), elsewhere);
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
  await spend("trainings", "meetings", 1, "3");
  assert.equal(await scanned("button.qr"), codes[2]);
  await page.click("button.qr");
  assert.equal(await scanned("dialog.qr svg"), codes[2]);
  assert.equal(await text("dialog.qr strong"), codes[2]);
  const { width, height } = await page.locator("dialog.qr svg").boundingBox();
  assert.ok(width === height && height > 0.55 * 720);
  await page.keyboard.press("Escape");
  await page.click("#meetings-less");
  assert.ok(await page.isHidden("button.qr"));
  await page.click("button.reset");
});

test("the facilitator sees the choices of all, their spread and their middle", async () => {
  const wrong = codes[0].slice(0, -1) + (codes[0].endsWith("A") ? "B" : "A");
  await enter(codes[0].toLowerCase());
  await enter(` ${codes[1]}, ${wrong}\t${codes[2].toLowerCase()}\n`);
  assert.match(await text(".problem"), new RegExp(`^${wrong}: this is no code`));
  assert.equal(await page.inputValue("#code"), wrong);
  assert.equal(await page.locator(".board tbody tr, .board table tr").count(), 4);
  assert.equal((await page.locator(".line .spread").allTextContents()).at(-1), "median 1.0 (0.5–2.0)");
  assert.equal(await page.locator(".line .dot").count(), 3 * await page.locator(".spending .line").count());
  // All are run, without a press of a button, and as the program runs them.
  await until(page, () => [...document.querySelectorAll(".board .outcome")].every((cell) => /%.*–.*%/.test(cell.textContent)));
  for (const [k, code] of codes.entries()) {
    await page.locator(".board button").nth(k).click();
    assert.ok((await text(".mine")).endsWith(code));
    const timeline = readTable(results("timeline.csv", join(SCENARIOS, "first-steps"), "--replicates", "32", ...(await settings()).split(",").filter((one) => one).flatMap((one) => ["--set", one])));
    const last = timeline.filter((row) => row.measure === "functioning" && ["country", "tier", "wave", "group", "size"].every((key) => row[key] === "all")).at(-1);
    assert.ok((await page.locator(".board .outcome").nth(k).textContent()).startsWith(`${Math.round(100 * last.median)} %`), `${code}: ${last.median}`);
  }
});

test("a card is rows of levers, and is taken back", async () => {
  await page.click("button.reset");
  await dial("resourcing", 5);
  await dial("capacity_building", 15);
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

test("groups rank the obstacles, and the page says what answers each", async () => {
  await page.click(".part-breakout");
  await page.fill("#ranking", "3 1 4 2 5 6");
  await page.press("#ranking", "Enter");
  for (const number of [5, 1, 2, 3, 4, 6]) await page.click(`#obstacle-${number}`);
  assert.equal(await page.inputValue("#ranking"), "512346");
  await page.click(".breakout .enter");
  await page.fill("#ranking", "112345");
  await page.press("#ranking", "Enter");
  assert.match(await text(".breakout .problem"), /1 to 6 must stand there once/);
  await page.fill("#ranking", "621345");
  await page.press("#ranking", "Enter");
  assert.equal(await words("ranks"), "314256.512346.621345");
  const ranks = await page.locator(".ranks .rank > span:first-child").allTextContents(), order = await page.locator(".ranks tr th[scope=row]").allTextContents();
  assert.deepEqual(order, ["Resourcing", "Mandate", "Trust", "Role", "Information", "Turnover"]);
  assert.deepEqual(ranks, ["2.3 (2–3)", "3.0 (2–4)", "3.0 (1–4)", "4.0 (1–6)", "4.3 (3–5)", "4.3 (1–6)"]);
  const codes = await page.locator(".ranks .lever-of").evaluateAll((all) => all.map((cell) => [...cell.querySelectorAll("code")].map((code) => code.textContent).join()));
  assert.deepEqual(codes, ["resourcing=2", "mandate=1,mandate_clarity=1", "two_way=1,responsiveness=1", "dialogues+=2", "briefings+=2", "staff_turnover*=0.5"]);
});

// Type 7, as the program has it.
function quantile(values, probability) {
  const sorted = [...values].sort((a, b) => a - b), at = (sorted.length - 1) * probability, below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

const signed = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)}`;

test("what a lever does is the difference of runs on the same random numbers", async () => {
  await until(page, () => !document.querySelector(".ranks").textContent.includes("…"));
  const effects = await page.locator(".ranks .effect").allTextContents(), base = (await settings()).split(",").filter((one) => one !== "");
  const run = (more) => readTable(results("runs.csv", join(SCENARIOS, "first-steps"), "--replicates", "32", ...[...base, ...more].flatMap((one) => ["--set", one]))).map((row) => Number(row["functioning_end.all"]));
  const before = run([]);
  for (const [k, moved] of [[0, ["resourcing=2"]], [2, ["two_way=1", "responsiveness=1"]]]) {
    const more = run(moved).map((value, r) => value - before[r]);
    const [middle, low, high] = [0.5, 0.05, 0.95].map((probability) => signed(Math.round(100 * quantile(more, probability))));
    assert.equal(effects[k], `${middle} points (${low} – ${high})`);
  }
  await page.focus("#month");
  await page.keyboard.press("Home");
  await until(page, () => /January 2025|Jan 2025/.test(document.querySelector(".ranks").textContent));
  assert.match((await page.locator(".ranks .effect").allTextContents())[0], /^0 points \(0 – 0\)$/);
  await page.focus("#month");
  await page.keyboard.press("End");
});

test("a lever is tried, a group is taken back, and a link holds all of it", async () => {
  const before = await settings();
  await page.click("#try-role");
  assert.equal(await settings(), [before, "dialogues+=2"].filter((one) => one !== "").join());
  await until(page, () => !document.querySelector(".ranks").textContent.includes("…"));
  const other = await browser.open(page.url());
  assert.equal(await hashOf(other), await hashOf(page));
  await other.click(".part-survey");
  assert.equal(await other.inputValue("#survey-1"), "6");
  await other.click(".part-breakout");
  assert.equal(await other.locator(".breakout .chips li").count(), 3);
  await other.click(".breakout .chips button");
  assert.equal(await other.locator(".breakout .chips li").count(), 2);
  await other.context().close();
  await page.click("button.undo");
  assert.equal(await settings(), before);
});

test("the notes fill their time", async () => {
  await page.click(".part-notes");
  const ends = await page.locator(".notes details").evaluateAll((all) => all.filter((one) => one.querySelector(".minutes")).map((one) => one.querySelector("tr:last-child .minutes").textContent.split("–")[1]));
  assert.deepEqual(ends, ["30", "90", "180"]);
  for (const name of ["Show of hands", "The model, piece by piece", "One budget", "Obstacles", "Break"]) assert.ok((await text(".notes")).includes(name), name);
  assert.match(await text(".notes"), /assumption of the exercise.*Start|Awareness at the start0\.050\.5/s);
});

test("the notes are printed alone, as a handout", async () => {
  await page.evaluate(() => (window.print = () => window.dispatchEvent(new Event("beforeprint"))));
  await page.click(".notes .handout");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".side", "main > .curves", "main > .roadmap", "main > .flows", "main > .network", ".notes .handout"]) assert.ok(await page.isHidden(hidden), hidden);
  assert.equal(await page.locator(".notes .minutes:visible").count(), await page.locator(".notes .minutes").count());
  assert.ok(await page.isVisible("h1") && await page.isVisible("footer .not"));
  assert.ok((await page.pdf({ format: "A4" })).length > 10000);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.ok(await page.isVisible("main > .roadmap .frame"));
  await page.emulateMedia({ media: "screen" });
});

test("large type is larger, and stays on the screen", async () => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), before = await size();
  await page.click("button.large");
  assert.ok((await size()) > 1.2 * before);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 1280);
  await page.click("button.large");
});

test("hands are counted again, and shown beside those before", async () => {
  await page.click(".part-survey");
  await count("again", [23, 20, 19, 18, 6, 4, 20]);
  assert.equal(await words("again"), "23.20.19.18.6.4.20");
  const label = await page.getAttribute(".survey .frame", "aria-label");
  assert.match(label, /^Briefed: 25 %, 87 %; Met the lead: 50 %, 83 %; Our task: 38 %, 78 %; Trained staff: 0 %, 26 %; Money: 13 %, 17 %; Meets regularly: 75 %, 87 %$/);
  assert.equal(await page.locator(".survey .frame rect").count(), 14);
  await page.click(".survey summary");
  assert.deepEqual(await page.locator(".survey .behind tr:nth-child(2) td").allTextContents(), ["25 %", "87 %"]);
});

test("a comparison and the print end the session", async () => {
  await dial("resourcing", 20);
  await page.click(".view-compare");
  await until(page, () => /less A: \+[0-9]+ points/.test(document.querySelector(".compare .said").textContent));
  assert.ok((await page.pdf({ format: "A4" })).length > 10000);
  await page.emulateMedia({ media: "print" });
  for (const shown of [".survey table", ".ranks table"]) assert.ok(await page.isVisible(shown), shown);
  await page.emulateMedia({ media: "screen" });
});

test("nothing was asked for and nothing complained", () => {
  assert.deepEqual(browser.foreign, []);
  assert.deepEqual(browser.complaints, []);
});
