// The engine's functions, with the texts and arrays behind their addresses.
import type { Model } from "../scenario";
import { isOrdering } from "../orders";
import { type Address, CHANGES, DIALS, hasPlaces, readAddress, type Setting } from "../settings";

type Call = Record<string, (...numbers: (number | bigint)[]) => number> & { memory: WebAssembly.Memory };

export const LANES = 4;
export const FLOW_COUNTS = 4; // asked, of that nationally, delivered, of that nationally
export const NOTHING = 0xffffffff;
const LAST_MONTH = 0x7fffffff;
const PAGE = 65536; // bytes, of WebAssembly's memory

// Where flows are counted: a country and a tier.
export interface Cell {
  country: number;
  tier: number;
}

export interface Places {
  numNodes: number;
  numDraws: number;
  latitude: Float32Array;
  longitude: Float32Array;
  tier: Uint32Array;
  country: Uint32Array;
  group: Uint32Array;
  wave: Uint32Array; // in the first network draw
  parent: Uint32Array; // NOTHING under a lead
  keys: BigUint64Array; // the same place has the same key in every scenario
  cells: Cell[]; // of the flows
  isLeaf: Uint8Array;
  tiers: string[];
  adopts: boolean[];
  countries: string[];
  groups: string[]; // the one of places without a group has no name
  waves: string[]; // the rows of the roadmap are waves, the first one without a name, then countries, then tiers
  parameters: Float32Array;
  means: number[]; // of each lever, over places and months
  courses: Float32Array[]; // of each lever, as the scenario has it: [months][2], least and largest over the places
}

// Months by which 10, 50 and 90 % of the runs had reached something; 0: never.
export interface Reach {
  p10: number;
  p50: number;
  p90: number;
  reached: number;
}

// What a setting does not fit: the name of the lever or parameter.
export class SettingError extends Error {}

export class Engine {
  private readonly call: Call;
  private room = { address: 0, size: 0 };

  // Empty, or where another one stands.
  constructor(module: WebAssembly.Module, other?: ArrayBuffer) {
    this.call = new WebAssembly.Instance(module).exports as unknown as Call;
    if (other) this.fill(other);
    else this.call.nlc_module_open(0);
  }

  // All that the engine knows stands in its memory.
  private fill(other: ArrayBuffer): void {
    const { memory } = this.call;
    memory.grow((other.byteLength - memory.buffer.byteLength) / PAGE);
    new Uint8Array(memory.buffer).set(new Uint8Array(other));
  }

  memory(): ArrayBuffer {
    return this.call.memory.buffer.slice(0);
  }

  // The memory may have moved whenever the engine made room, so that views are made anew for each use.
  private bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.call.memory.buffer, address >>> 0, length);
  }

  private floats(address: number, length: number): Float32Array {
    return new Float32Array(this.call.memory.buffer, address >>> 0, length).slice();
  }

  private words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.call.memory.buffer, address >>> 0, length).slice();
  }

  private text(address: number): string {
    const all = new Uint8Array(this.call.memory.buffer);
    return new TextDecoder().decode(all.slice(address >>> 0, all.indexOf(0, address >>> 0)));
  }

  private texts(num: number, at: (k: number) => number): string[] {
    return Array.from({ length: num }, (_, k) => this.text(at(k)));
  }

  // ---- Opening a scenario

  open(text: string, waves: string): void {
    const bytes = new TextEncoder().encode(text);
    const address = this.call.nlc_module_open(bytes.length);
    this.bytes(address, bytes.length).set(bytes);
    const error = this.call.nlc_module_read();
    if (error !== 0) throw new Error(`line ${this.call.nlc_module_problem_line()}: ${this.text(this.call.nlc_module_problem())}`);
    this.setWaves(waves);
    if (!this.call.nlc_module_prepare()) throw new Error("memory");
    this.set([], { levers: [], parameters: [] });
  }

  private setWaves(waves: string): void {
    const starts = new Map(waves.trimEnd().split("\n").map((line) => line.split("\t") as [string, string]));
    const num = this.call.nlc_module_num_waves(), address = this.call.nlc_module_wave_starts() >>> 0;
    const labels = this.texts(num, (k) => this.call.nlc_module_wave(k));
    new Int32Array(this.call.memory.buffer, address, num).set(labels.map((label) => Number(starts.get(label) ?? 1)));
  }

  places(numLevers: number): Places {
    const call = this.call, numNodes = call.nlc_module_num_nodes(), numTiers = call.nlc_module_num_tiers();
    const firstChild = this.words(call.nlc_module_first_children(), numNodes + 1);
    return {
      numNodes,
      numDraws: call.nlc_module_num_draws(),
      latitude: this.floats(call.nlc_module_latitudes(), numNodes),
      longitude: this.floats(call.nlc_module_longitudes(), numNodes),
      tier: this.words(call.nlc_module_tiers(), numNodes),
      country: this.words(call.nlc_module_node_countries(), numNodes),
      group: this.words(call.nlc_module_node_groups(), numNodes),
      wave: this.words(call.nlc_module_node_waves(), numNodes),
      parent: this.words(call.nlc_module_parents(), numNodes),
      keys: new BigUint64Array(call.memory.buffer, call.nlc_module_keys() >>> 0, numNodes).slice(),
      cells: this.cells(),
      isLeaf: Uint8Array.from({ length: numNodes }, (_, i) => Number(firstChild[i + 1] === firstChild[i])),
      tiers: this.texts(numTiers, (k) => call.nlc_module_tier(k)),
      adopts: Array.from({ length: numTiers }, (_, k) => call.nlc_module_tier_adopts(k) !== 0),
      countries: this.texts(call.nlc_module_num_countries(), (k) => call.nlc_module_country(k)),
      groups: this.texts(call.nlc_module_num_groups(), (k) => call.nlc_module_group(k)),
      waves: this.texts(call.nlc_module_num_waves(), (k) => call.nlc_module_wave(k)),
      parameters: this.floats(call.nlc_module_parameters(), call.nlc_module_num_parameters()),
      means: Array.from({ length: numLevers }, (_, k) => call.nlc_module_lever_mean(k)),
      courses: Array.from({ length: numLevers }, (_, k) => this.course(k)),
    };
  }

  private cells(): Cell[] {
    const num = this.call.nlc_module_num_flow_cells(), tiers = this.words(this.call.nlc_module_flow_tiers(), num);
    return Array.from(this.words(this.call.nlc_module_flow_countries(), num), (country, k) => ({ country, tier: tiers[k] }));
  }

  private course(lever: number): Float32Array {
    const length = 2 * this.call.nlc_module_num_months(), address = this.scratch(length * 4);
    this.call.nlc_module_lever_course(lever, address);
    return this.floats(address, length);
  }

  // ---- Settings

  private putNumber(text: string): number {
    const bytes = new TextEncoder().encode(text.slice(0, 64));
    this.bytes(this.call.nlc_module_number_text(), bytes.length).set(bytes);
    return bytes.length;
  }

  // The number of a month in the run, or of months after a wave began.
  private month(text: string | undefined, open: number): number {
    const [year, month] = (text ?? "").split("-").map(Number);
    if (month) return year * 12 + month - this.call.nlc_module_start_month();
    return text ? Number(text.replace("w+", "")) : open;
  }

  // False where they stand in the wrong order.
  private putMonths({ from, to }: Address): boolean {
    const [first, last] = [this.month(from, 1), this.month(to, LAST_MONTH)], isWave = (text?: string) => text !== undefined && text.startsWith("w");
    this.call.nlc_module_setting_months(first, last, Number(isWave(from)), Number(isWave(to)));
    return isWave(from) !== isWave(to) || first <= last;
  }

  // False where there are no such places.
  private putPlaces({ under, tier, wave, group }: Address): boolean {
    const { call } = this, seek = (wanted: string | undefined, num: number, at: (k: number) => number) => (wanted === undefined ? NOTHING : this.texts(num, at).indexOf(wanted));
    const found = [
      seek(under, call.nlc_module_num_countries(), (k) => call.nlc_module_country(k)),
      seek(tier, call.nlc_module_num_tiers(), (k) => call.nlc_module_tier(k)),
      seek(wave, call.nlc_module_num_waves(), (k) => call.nlc_module_wave(k)),
      seek(group, call.nlc_module_num_groups(), (k) => call.nlc_module_group(k)),
    ];
    return !found.includes(-1) && call.nlc_module_setting_places(...found) !== 0;
  }

  private setOne(setting: Setting, model: Pick<Model, "levers" | "parameters">): boolean {
    const how = CHANGES.indexOf(setting.change), length = this.putNumber(setting.value), address = readAddress(setting.address)!;
    if (!this.putMonths(address) || (hasPlaces(address) && !this.putPlaces(address))) return false;
    if (DIALS.includes(address.name)) return this.call.nlc_module_setting_dial(1 + DIALS.indexOf(address.name), length) !== 0;
    const lever = model.levers.findIndex((row) => row.name === address.name);
    if (lever >= 0) return this.call.nlc_module_setting_lever(lever, how, length) !== 0;
    const parameter = model.parameters.findIndex((row) => row.name === address.name);
    return this.call.nlc_module_setting_parameter(parameter, how, length) !== 0;
  }

  set(settings: Setting[], model: Pick<Model, "levers" | "parameters">): void {
    this.call.nlc_module_settings_begin();
    for (const setting of settings) if (!isOrdering(setting) && !this.setOne(setting, model)) throw new SettingError(setting.address);
    const wrong = this.call.nlc_module_settings_apply() >>> 0;
    if (wrong !== NOTHING) throw new SettingError(model.levers[wrong].name);
  }

  // ---- Running

  start(seed: bigint, first: number, num: number, hash: boolean): void {
    this.call.nlc_module_start(seed, first, num, Number(hash));
  }

  // True once the batch is done.
  advance(months: number): boolean {
    return this.call.nlc_module_advance(months) !== 0;
  }

  // [splits][months][measures][LANES]
  measures(): Float64Array {
    const call = this.call;
    const length = call.nlc_module_num_splits() * call.nlc_module_num_months() * call.nlc_module_num_measures() * LANES;
    return new Float64Array(call.memory.buffer, call.nlc_module_measures() >>> 0, length).slice();
  }

  // [months + 1][nodes][LANES]
  stages(): Uint8Array {
    const call = this.call;
    const length = (call.nlc_module_num_months() + 1) * call.nlc_module_num_nodes() * LANES;
    return this.bytes(call.nlc_module_stages(), length).slice();
  }

  // [roadmap rows][milestones][LANES]
  reached(): Uint16Array {
    const call = this.call, length = call.nlc_module_num_roadmap_rows() * call.nlc_module_num_milestones() * LANES;
    return new Uint16Array(call.memory.buffer, call.nlc_module_reached() >>> 0, length).slice();
  }

  // [months][cells][flows][FLOW_COUNTS][LANES]
  flows(numFlows: number): Float32Array {
    const call = this.call, length = call.nlc_module_num_months() * call.nlc_module_num_flow_cells() * numFlows * FLOW_COUNTS * LANES;
    return this.floats(call.nlc_module_flows(), length);
  }

  // Of each lane, the whole scenario.
  hashes(): BigUint64Array {
    const start = (this.call.nlc_module_hashes() >>> 0) + 8 * LANES * this.call.nlc_module_num_countries();
    return new BigUint64Array(this.call.memory.buffer, start, LANES).slice();
  }

  // ---- Arithmetic on what was run

  private scratch(size: number): number {
    if (this.room.size < size) this.room = { address: this.call.nlc_module_room(size) >>> 0, size };
    return this.room.address;
  }

  // Median, 5 %, 95 %, mean and its error for each row of values.
  summarise(values: Float64Array, rows: number): Float64Array {
    const size = values.byteLength, address = this.scratch(size + rows * 40);
    new Float64Array(this.call.memory.buffer, address, values.length).set(values);
    this.call.nlc_module_summarise(address, rows, values.length / rows, address + size);
    return new Float64Array(this.call.memory.buffer, address + size, rows * 5).slice();
  }

  reach(months: Uint16Array): Reach {
    const address = this.scratch(16 + months.byteLength);
    new Uint16Array(this.call.memory.buffer, address + 16, months.length).set(months);
    this.call.nlc_module_reach(address + 16, months.length, address);
    const [p10, p50, p90, reached] = this.words(address, 4);
    return { p10, p50, p90, reached };
  }

  // One number for the hashes of all replicates, as the program prints it.
  hashOf(hashes: BigUint64Array): string {
    const address = this.scratch(hashes.byteLength);
    new BigUint64Array(this.call.memory.buffer, address, hashes.length).set(hashes);
    const hash = this.call.nlc_hash(address, hashes.byteLength) as unknown as bigint;
    return BigInt.asUintN(64, hash).toString(16).padStart(16, "0");
  }
}
