// Runs a resolved scenario in the WebAssembly module and prints what `nlcsim run --hash` prints of its
// states: `state HASH`, and `country ID HASH` for each country.
//
//   node run.mjs nlcsim.wasm scenario.txt [--replicates N] [--seed S] [--outputs]
//
// With --outputs it adds the hashes of what the module gives out beside the states: every tally of every
// month, and every view of every place at the end. Exit codes are those of nlcsim.
import { readFileSync } from "node:fs";

const USAGE = "usage: run.mjs MODULE SCENARIO [--replicates N] [--seed S] [--outputs]";

function stop(code, message) {
  process.stderr.write(`run.mjs: ${message}\n`);
  process.exit(code);
}

function wholeNumber(text, name) {
  if (!/^[0-9]+$/.test(text ?? "")) stop(2, `--${name} '${text ?? ""}': expected a whole number`);
  return BigInt(text);
}

function readArguments(words) {
  const given = { files: [], replicates: null, seed: null, outputs: false };
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--replicates" || word === "--seed") given[word.slice(2)] = wholeNumber(words.shift(), word.slice(2));
    else if (word === "--outputs") given.outputs = true;
    else if (word.startsWith("--")) stop(2, `'${word}' is not an option; ${USAGE}`);
    else given.files.push(word);
  }
  if (given.files.length !== 2) stop(2, USAGE);
  return given;
}

// The memory's buffer is another one after it has grown, so views are made anew for each use.
class Engine {
  constructor(bytes) {
    this.call = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  }

  bytes(address, length) {
    return new Uint8Array(this.call.memory.buffer, address, length);
  }

  text(address) {
    const all = new Uint8Array(this.call.memory.buffer);
    return new TextDecoder().decode(all.slice(address, all.indexOf(0, address)));
  }

  // The core tells addresses as signed numbers where they lie above 2 GiB.
  address(number) {
    const address = number >>> 0;
    if (address === 0) stop(1, "not enough memory");
    return address;
  }

  read(text) {
    this.bytes(this.address(this.call.nlc_module_open(text.length)), text.length).set(text);
    const error = this.call.nlc_module_read();
    if (error === 1) stop(1, "not enough memory");
    if (error !== 0) stop(2, `line ${this.call.nlc_module_problem_line()}: ${this.text(this.call.nlc_module_problem())}`);
  }
}

// One number for each replicate, in the module's memory, so that the module's own functions mix them and
// hash their bytes.
class Hashes {
  constructor(engine, num) {
    this.engine = engine;
    this.num = num;
    this.at = engine.address(engine.call.nlc_module_room(8 * num));
    this.values().fill(0n);
  }

  values() {
    return new BigUint64Array(this.engine.call.memory.buffer, this.at, this.num);
  }

  add(replicate, value) {
    const values = this.values();
    values[replicate] = BigInt.asUintN(64, this.engine.call.nlc_mix(values[replicate] ^ value));
  }

  toString() {
    const hash = this.engine.call.nlc_hash(this.at, 8 * this.num);
    return BigInt.asUintN(64, hash).toString(16).padStart(16, "0");
  }
}

function addStates(engine, hashes, lane, replicate) {
  let sum = 0n;
  for (const [country, of] of hashes.countries.entries()) {
    const hash = BigInt.asUintN(64, engine.call.nlc_module_hash(country, lane));
    of.add(replicate, hash);
    sum = BigInt.asUintN(64, sum + hash);
  }
  hashes.state.add(replicate, sum);
}

// Which of its many patterns a NaN has is not fixed by any standard, so that all count as one.
function isNotANumber(bits) {
  return (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n;
}

function addTallies(engine, hashes, lane, replicate) {
  const { call } = engine;
  const lanes = call.nlc_module_lanes(), num = call.nlc_module_num_tallies();
  for (let c = 0; c < call.nlc_module_num_classes(); c++) {
    const tallies = new BigUint64Array(call.memory.buffer, call.nlc_module_tallies(c, lane) >>> 0, (num - 1) * lanes + 1);
    for (let k = 0; k < num; k++) hashes.tallies.add(replicate, isNotANumber(tallies[k * lanes]) ? 0n : tallies[k * lanes]);
  }
}

function addViews(engine, hashes, lane, replicate) {
  const { call } = engine;
  for (let node = 0; node < call.nlc_module_num_nodes(); node++)
    for (let view = 0; view < call.nlc_module_num_views(); view++)
      hashes.views.add(replicate, BigInt(call.nlc_module_view(view, node, lane) >>> 0));
}

// Steps the replicates that stand in the lanes from the start of their runs to the end. A state that
// cannot change any more is counted for the months that are left, as in the program.
function runBatch(engine, hashes, replicates, seed, outputs) {
  const { call } = engine;
  call.nlc_module_reset(seed, replicates[0], replicates.length);
  replicates.forEach((replicate, lane) => addStates(engine, hashes, lane, replicate));
  for (let month = 1; month <= call.nlc_module_num_months(); month++) {
    if (!call.nlc_module_is_done()) call.nlc_module_step();
    replicates.forEach((replicate, lane) => {
      addStates(engine, hashes, lane, replicate);
      if (outputs) addTallies(engine, hashes, lane, replicate);
    });
  }
  if (outputs) replicates.forEach((replicate, lane) => addViews(engine, hashes, lane, replicate));
}

function runAll(engine, hashes, num, seed, outputs) {
  const { call } = engine;
  const draws = call.nlc_module_num_draws(), lanes = call.nlc_module_lanes();
  for (let draw = 0; draw < draws; draw++)
    for (let first = draw; first < num; first += lanes * draws) {
      const replicates = [];
      for (let r = first; r < num && replicates.length < lanes; r += draws) replicates.push(r);
      runBatch(engine, hashes, replicates, seed, outputs);
    }
}

const given = readArguments(process.argv.slice(2));
const [module, scenario] = given.files.map((file) => {
  try {
    return readFileSync(file);
  } catch (error) {
    return stop(1, `${file}: ${error.message}`);
  }
});
const engine = new Engine(module);
engine.read(scenario);
const { call } = engine;
const num = given.replicates === null ? call.nlc_module_replicates() >>> 0 : Number(given.replicates);
if (num < 1 || num > 1000000) stop(2, "--replicates: expected a whole number from 1 to 1000000");
const seed = given.seed ?? call.nlc_module_seed();
const countries = Array.from({ length: call.nlc_module_num_countries() }, () => new Hashes(engine, num));
const hashes = { countries, state: new Hashes(engine, num), tallies: new Hashes(engine, num), views: new Hashes(engine, num) };
runAll(engine, hashes, num, seed, given.outputs);
console.log(`state ${hashes.state}`);
countries.forEach((hash, c) => console.log(`country ${engine.text(call.nlc_module_country(c))} ${hash}`));
if (given.outputs) console.log(`tallies ${hashes.tallies}\nviews ${hashes.views}`);
