// What has been run so far of one setting, and its bands. All arithmetic is the engine's.
import type { Scenario } from "../scenario";
import type { Setting } from "../settings";
import type { BatchResult } from "./messages";
import { type Engine, FLOW_COUNTS, LANES, type Places, type Reach } from "./module";

// By month, from month 1.
export interface Bands {
  median: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

// Of each month, the mean of the runs and its error.
export interface Means {
  mean: Float64Array;
  error: Float64Array;
}

export interface Difference extends Means {
  bands: Bands;
}

export class Ensemble {
  num = 0;
  private readonly batches: BatchResult[] = [];
  private readonly known = new Map<string, Bands>();

  constructor(
    private readonly engine: Engine,
    readonly scenario: Scenario,
    readonly places: Places,
    readonly wanted: number,
    readonly settings: Setting[],
  ) {}

  // In the order of the replicates, so that nothing depends on who was faster.
  add(result: BatchResult): void {
    this.num += result.batch.num;
    this.known.clear();
    this.batches.push(result);
    this.batches.sort((a, b) => a.batch.first - b.batch.first);
  }

  // [months][replicates] of a measure.
  values(name: string, split = 0): Float64Array {
    const { months, model } = this.scenario, measure = model.measures.findIndex((row) => row.name === name);
    const values = new Float64Array(months * this.num);
    for (let t = 0, at = 0; t < months; t++)
      for (const { batch, measures } of this.batches) {
        const from = ((split * months + t) * model.measures.length + measure) * LANES;
        for (let l = 0; l < batch.num; l++) values[at++] = measures[from + l];
      }
    return values;
  }

  has(name: string): boolean {
    return this.scenario.model.measures.some((row) => row.name === name);
  }

  // Made once for each measure, however many pictures ask.
  bands(name: string, split = 0): Bands {
    const key = `${name} ${split}`, known = this.known.get(key) ?? this.bandsOf(this.values(name, split));
    this.known.set(key, known);
    return known;
  }

  // What this has more than another, replicate by replicate, for as many months as both have: both ran on the
  // same random numbers.
  difference(base: Ensemble, name: string, split = 0, baseSplit = 0): Difference {
    const months = Math.min(this.scenario.months, base.scenario.months), before = base.byReplicate(name, baseSplit);
    const values = this.byReplicate(name, split).slice(0, months * this.num).map((value, k) => value - before[k]);
    return { bands: this.bandsOf(values), ...this.means(values) };
  }

  // [months][replicates] in the order of the replicates: batches go by network draws, of which others have other numbers.
  private byReplicate(name: string, split: number): Float64Array {
    const values = this.values(name, split), sorted = new Float64Array(values.length);
    const order = this.batches.flatMap(({ batch }) => Array.from({ length: batch.num }, (_, l) => batch.first + l * this.places.numDraws));
    for (let k = 0; k < values.length; k++) sorted[k - (k % this.num) + order[k % this.num]] = values[k];
    return sorted;
  }

  // When half of the places of a row of the roadmap first reached a stage.
  reach(row: number, milestone: number): Reach {
    const numMilestones = this.scenario.model.milestones.length, months = new Uint16Array(this.num);
    let at = 0;
    for (const { batch, reached } of this.batches)
      for (let l = 0; l < batch.num; l++) months[at++] = reached[(row * numMilestones + milestone) * LANES + l];
    return this.engine.reach(months);
  }

  // Runs of a count of a flow in some cells: [months][replicates]; NaN where it is not counted.
  flowRuns(cells: number[], flow: number, count: number): Float64Array {
    const { months, model } = this.scenario, values = new Float64Array(months * this.num), each = model.flows.length * FLOW_COUNTS * LANES;
    for (let t = 0, at = 0; t < months; t++)
      for (const { batch, flows } of this.batches)
        for (let l = 0; l < batch.num; l++, at++)
          for (const cell of cells) values[at] += flows[(t * this.places.cells.length + cell) * each + (flow * FLOW_COUNTS + count) * LANES + l];
    return values;
  }

  // The mean of each month, and its error.
  means(values: Float64Array): Means {
    const months = values.length / this.num, summary = this.engine.summarise(values, months);
    return { mean: Float64Array.from({ length: months }, (_, t) => summary[5 * t + 3]), error: Float64Array.from({ length: months }, (_, t) => summary[5 * t + 4]) };
  }

  private bandsOf(values: Float64Array): Bands {
    const months = values.length / this.num, summary = this.engine.summarise(values, months);
    const column = (k: number) => Float64Array.from({ length: months }, (_, t) => summary[t * 5 + k]);
    return { median: column(0), low: column(1), high: column(2) };
  }

  // Share of the runs in which each place is at one of these stages at the end of a month; month 0 is the start.
  stageShares(stages: number[], month: number): Float32Array {
    const { numNodes } = this.places, isAt = this.scenario.model.stages.map((_, stage) => Number(stages.includes(stage))), shares = new Float32Array(numNodes);
    for (const { batch, stages: of } of this.batches)
      for (let i = 0, from = month * numNodes * LANES; i < numNodes; i++, from += LANES)
        for (let l = 0; l < batch.num; l++) shares[i] += isAt[of[from + l]];
    for (let i = 0; i < numNodes; i++) shares[i] /= this.num;
    return shares;
  }
}
