// How long a move of a dial takes, printed beside the time that the program takes for the same runs. No
// time is asserted: machines differ.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { Browser, hashOf, makePage, nlcsim, SCENARIOS, stateOf } from "./browser.mjs";

const MOVES = 50;
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
  time(32);
  return (time(160) - time(32)) / 4;
}

test("the time of a move, beside that of the program", async () => {
  const opened = performance.now(), page = await browser.open(`${makePage(["philippines-roadmap"], ...MONTHS)}#lang=en`);
  await page.waitForSelector("footer[data-runs]");
  const opening = performance.now() - opened;
  await hashOf(page);
  const { times, workers } = await measure(page), native = nativeTime(workers);
  assert.equal(times.length, MOVES);
  assert.ok(times.every(([first, all]) => first > 0 && all >= first));
  const say = (k) => `median ${quantile(times.map((one) => one[k]), 0.5).toFixed(0)} ms, 95th percentile ${quantile(times.map((one) => one[k]), 0.95).toFixed(0)} ms`;
  console.log(`opening to first picture, with the page's making: ${opening.toFixed(0)} ms`);
  console.log(`first picture after a move: ${say(0)}`);
  console.log(`32 replicates after a move: ${say(1)} (${MOVES} moves, ${workers} workers, Philippine roadmap, 60 months)`);
  console.log(`the same 32 replicates in the program, ${workers} threads of 4 lanes: ${native.toFixed(0)} ms`);
  assert.equal(await hashOf(page), stateOf(folder, ...MONTHS, "--replicates", "32", "--set", `resourcing=${Number(await page.inputValue("#dial-resourcing")) / 10}`));
});
