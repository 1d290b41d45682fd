// How long a move of a dial takes, printed beside the time that the program takes for the same runs, in
// turn with it, and how much of it is the browser's, by its own trace. No time is asserted: machines
// differ. What a move draws is counted.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { Browser, hashOf, makePage, nlcsim, SCENARIOS, stateOf } from "./browser.mjs";

const ROUNDS = 5;
const MOVES = 10; // in each
const MONTHS = ["--set", "scenario.months=60"];
const folder = join(SCENARIOS, "philippines-roadmap");
const browser = await Browser.start();
test.after(() => browser.close());

// From the event of the dial to the frame after the first picture and after the full band.
const measure = (page) => page.evaluate(async (moves) => {
  const dial = document.querySelector("#dial-resourcing"), footer = document.querySelector("footer"), times = [];
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (let k = 0; k < moves; k++) {
    const begin = performance.now();
    let first = 0;
    const full = new Promise((resolve) => {
      const observer = new MutationObserver(async () => {
        const done = footer.dataset.runs === "32";
        if (done) observer.disconnect();
        await frame();
        first ||= performance.now() - begin;
        if (done) resolve(performance.now() - begin);
      });
      observer.observe(footer, { attributeFilter: ["data-runs"] });
    });
    dial.value = String(5 + (k % 2 ? 1 : -1) * (1 + (k % 4)) + 10);
    dial.dispatchEvent(new Event("input"));
    const all = await full;
    times.push([first, all]);
  }
  return { times, workers: Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2)) };
}, MOVES);

function quantile(values, probability) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))];
}

// What 32 more replicates cost a run that has begun: starting, reading and the network stand in both.
function nativeTime(threads) {
  const time = (replicates) => {
    const begin = performance.now();
    nlcsim("run", folder, ...MONTHS, "--replicates", String(replicates), "--threads", String(threads), "--lanes", "4", "-o", "speed", "-q");
    return performance.now() - begin;
  };
  return (time(160) - time(32)) / 4;
}

// Milliseconds of the processor that each thread of the page takes for a move.
async function traced(page) {
  await browser.browser.startTracing(page, { categories: ["toplevel"] });
  await measure(page);
  const { traceEvents } = JSON.parse((await browser.browser.stopTracing()).toString()), names = new Map(), spent = new Map();
  for (const { name, pid, tid, args } of traceEvents) if (name === "thread_name") names.set(`${pid} ${tid}`, args.name);
  for (const { name, pid, tid, tdur } of traceEvents) {
    const thread = names.get(`${pid} ${tid}`);
    if (name.endsWith("::RunTask") && tdur) spent.set(thread, (spent.get(thread) ?? 0) + tdur / 1000 / MOVES);
  }
  return spent;
}

test("the time of a move, beside that of the program", async () => {
  const page = await browser.open(`${makePage(["philippines-roadmap"], ...MONTHS)}#lang=en`);
  await page.waitForSelector("footer[data-runs]");
  const opening = await page.evaluate(() => performance.now()); // since the browser was told to go there
  await hashOf(page);
  const times = [], natives = [];
  let workers = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const measured = await measure(page);
    workers = measured.workers;
    times.push(...measured.times);
    natives.push(nativeTime(workers));
  }
  assert.equal(times.length, ROUNDS * MOVES);
  assert.ok(times.every(([first, all]) => first > 0 && all >= first));
  const of = (k) => times.map((one) => one[k]), native = quantile(natives, 0.5);
  const say = (k, share) => `median ${quantile(of(k), 0.5).toFixed(0)} ms, 95th percentile ${quantile(of(k), 0.95).toFixed(0)} ms, ${(quantile(of(k), 0.5) / (share * native)).toFixed(2)} times the program's`;
  console.log(`opening to first picture: ${opening.toFixed(0)} ms`);
  console.log(`first picture after a move, 8 replicates: ${say(0, 0.25)}`);
  console.log(`32 replicates after a move: ${say(1, 1)} (${times.length} moves, ${workers} workers, Philippine roadmap, 60 months)`);
  console.log(`the same 32 replicates in the program, ${workers} threads of 4 lanes: ${native.toFixed(0)} ms`);
  for (const [thread, spent] of await traced(page)) if (["CrRendererMain", "DedicatedWorker thread"].includes(thread)) console.log(`${thread}: ${spent.toFixed(0)} ms of the processor a move`);
  assert.equal(await hashOf(page), stateOf(folder, ...MONTHS, "--replicates", "32", "--set", `resourcing=${Number(await page.inputValue("#dial-resourcing")) / 10}`));
});

test("a move draws what is seen, once for each answer, and moves nothing else", async () => {
  const page = await browser.open(`${makePage(["philippines-roadmap"], ...MONTHS)}#lang=en`);
  await hashOf(page);
  const seen = await page.evaluate(() => new Promise((resolve) => {
    const footer = document.querySelector("footer"), heights = new Set(), changed = new Set();
    let maps = 0;
    const draw = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (...words) {
      maps++;
      return draw.apply(this, words);
    };
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.add((target.nodeType === 1 ? target : target.parentElement).closest("main > *, body > * > * > *")?.classList[0]);
      heights.add(document.querySelector(".curves .chart").clientHeight);
      if (footer.dataset.hash) resolve({ maps, heights: heights.size, changed: [...changed] });
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const dial = document.querySelector("#dial-resourcing");
    dial.value = "15";
    dial.dispatchEvent(new Event("input"));
  }));
  assert.equal(seen.maps, 2);
  assert.equal(seen.heights, 1);
  assert.deepEqual(["levers", "room", "flows", "roadmap", "compare"].filter((panel) => seen.changed.includes(panel)), []);
  await page.context().close();
});

// Marks of the page and what the browser itself writes down of the same moves: the event of the dial, and frames.
async function markedMoves(page, num) {
  await browser.browser.startTracing(page, { categories: ["blink.user_timing", "devtools.timeline"] });
  const told = await page.evaluate(async (moves) => {
    const dial = document.querySelector("#dial-resourcing"), footer = document.querySelector("footer"), times = [];
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let k = 0; k < moves; k++) {
      const full = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (footer.dataset.runs !== "32") return;
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(footer, { attributeFilter: ["data-runs"] });
      });
      const begin = performance.mark(`move ${k}`).startTime;
      dial.value = String(12 + (k % 5));
      dial.dispatchEvent(new Event("input"));
      await full;
      await frame();
      times.push(performance.mark(`full ${k}`).startTime - begin);
    }
    return times;
  }, num);
  const { traceEvents } = JSON.parse((await browser.browser.stopTracing()).toString());
  return { told, traceEvents };
}

test("the page's clock tells what the browser's own trace tells", async () => {
  const page = await browser.open(`${makePage(["philippines-roadmap"], ...MONTHS)}#lang=en`), num = 12;
  await hashOf(page);
  const { told, traceEvents } = await markedMoves(page, num), away = [];
  const markAt = (name) => traceEvents.find((event) => event.name === name && event.cat.includes("blink.user_timing"));
  for (let k = 0; k < num; k++) {
    const begin = markAt(`move ${k}`), end = markAt(`full ${k}`), within = traceEvents.filter(({ ts, pid, tid }) => pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts);
    const input = within.find(({ name, args }) => name === "EventDispatch" && args?.data?.type === "input"), painted = within.filter(({ name }) => name === "Paint").pop();
    assert.ok(input && painted, `move ${k}: the trace has its event and its frame`);
    const traced = (painted.ts + (painted.dur ?? 0) - input.ts) / 1000;
    assert.ok(Math.abs((end.ts - begin.ts) / 1000 - told[k]) < 1, `move ${k}: ${told[k]} ms by the page, ${(end.ts - begin.ts) / 1000} ms by the trace`);
    assert.ok(traced <= told[k], `move ${k}: the frame ends after the page says so`);
    away.push(told[k] - traced);
  }
  console.log(`a move by the page's clock: median ${quantile(told, 0.5).toFixed(0)} ms; by the trace, from the event to the end of the last paint: ${quantile(away, 0.5).toFixed(1)} ms less`);
  await page.context().close();
});
