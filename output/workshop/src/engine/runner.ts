// Runs the newest settings: a coarse answer first, then all replicates, then the hash of their states.
import { drawn } from "../dom";
import type { Scenario } from "../scenario";
import type { Setting } from "../settings";
import { Ensemble } from "./ensemble";
import type { Batch } from "./messages";
import { type Engine, LANES, type Places } from "./module";
import type { Pool } from "./pool";

export const COARSE = 8;
const HASH_AFTER = 400; // milliseconds without a change

export interface Wanted {
  settings: Setting[];
  seed: string;
  replicates: number;
}

export interface Listener {
  onPictures: (ensemble: Ensemble) => void;
  onHash: (hash: string) => void;
  onRefused: (name: string) => void;
  onReference: (ensemble: Ensemble) => void;
}

interface Questions {
  wanted: Wanted[];
  onAnswer: (number: number, ensemble: Ensemble) => void;
}

const keyOf = ({ settings, seed, replicates }: Wanted) => JSON.stringify([settings, seed, replicates]);

// Replicates that share a network draw share a batch, as in the program.
export function batchesOf(replicates: number, draws: number): Batch[] {
  const batches: Batch[] = [];
  for (let draw = 0; draw < Math.min(draws, replicates); draw++) {
    const num = Math.ceil((replicates - draw) / draws);
    for (let k = 0; k < num; k += LANES) batches.push({ first: draw + k * draws, num: Math.min(LANES, num - k) });
  }
  return batches;
}

// As many as make the coarse answer.
function numCoarse(batches: Batch[]): number {
  let replicates = 0;
  return 1 + batches.findIndex(({ num }) => (replicates += num) >= COARSE);
}

export class Runner {
  private waiting: Wanted | null = null;
  private coarsePending = false;
  private timer = 0;
  private base: Wanted | null = null; // what all is compared with
  private kept = ""; // of which setting the reference is
  private questions: Questions | null = null;
  private isIdle = false;

  constructor(
    private readonly pool: Pool,
    private readonly engine: Engine,
    private readonly scenario: Scenario,
    private readonly places: Places,
    private readonly listener: Listener,
  ) {}

  // While a first picture is on its way it is waited for: a slider that moves all the time shows pictures.
  want(wanted: Wanted, base: Wanted | null): void {
    clearTimeout(this.timer);
    this.waiting = wanted;
    this.base = base;
    if (!this.coarsePending) this.begin();
  }

  // Other settings, one after the other, once all else is done; whatever is wanted meanwhile goes first, and
  // they are then forgotten.
  ask(wanted: Wanted[], onAnswer: (number: number, ensemble: Ensemble) => void): void {
    this.questions = { wanted, onAnswer };
    if (this.isIdle) this.answer(this.questions, 0);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.waiting = null;
    this.questions = null;
    this.pool.stop();
  }

  private begin(): void {
    const wanted = this.waiting!, ensemble = new Ensemble(this.engine, this.scenario, this.places, wanted.replicates, wanted.settings);
    this.waiting = null;
    this.isIdle = false;
    this.questions = null;
    this.coarsePending = true;
    const batches = batchesOf(wanted.replicates, this.places.numDraws), needed = numCoarse(batches);
    let isDrawn = () => {}, numHeard = 0;
    const coarse = new Promise<void>((resolve) => (isDrawn = resolve));
    this.pool.run({
      ...wanted,
      hash: false,
      batches,
      onBatch: (result) => {
        ensemble.add(result);
        numHeard++;
        if (ensemble.num === wanted.replicates || numHeard === needed) return this.show(wanted, ensemble).then(isDrawn);
        if (numHeard < needed && numHeard + this.pool.size > needed) return coarse;
      },
      onRefused: (name) => {
        this.coarsePending = false;
        this.listener.onRefused(name);
      },
    });
  }

  // A coarse answer is on the screen before those who worked on it go on: where there are few processors,
  // they would take the one that draws.
  private async show(wanted: Wanted, ensemble: Ensemble): Promise<void> {
    this.coarsePending = false;
    this.listener.onPictures(ensemble);
    if (this.waiting) this.begin();
    else if (ensemble.num === wanted.replicates) this.compare(wanted, ensemble);
    else await drawn();
  }

  // What is compared with is run once, after what was asked for.
  private compare(wanted: Wanted, ensemble: Ensemble): void {
    const then = () => (this.timer = window.setTimeout(() => this.hash(wanted), HASH_AFTER));
    const base = this.base;
    if (!base || keyOf(base) === this.kept) return void then();
    const keep = (of: Ensemble) => {
      this.kept = keyOf(base);
      this.listener.onReference(of);
      then();
    };
    if (keyOf(base) === keyOf(wanted)) keep(ensemble);
    else this.runAll(base, keep);
  }

  private runAll(wanted: Wanted, done: (ensemble: Ensemble) => void): void {
    const ensemble = new Ensemble(this.engine, this.scenario, this.places, wanted.replicates, wanted.settings);
    this.pool.run({
      ...wanted,
      hash: false,
      batches: batchesOf(wanted.replicates, this.places.numDraws),
      onBatch: (result) => {
        ensemble.add(result);
        if (ensemble.num === wanted.replicates) done(ensemble);
      },
      onRefused: this.listener.onRefused,
    });
  }

  private answer(questions: Questions, number: number): void {
    this.isIdle = number === questions.wanted.length;
    if (this.isIdle) return;
    this.runAll(questions.wanted[number], (ensemble) => {
      if (questions !== this.questions) return this.answer(this.questions!, 0);
      questions.onAnswer(number, ensemble);
      this.answer(questions, number + 1);
    });
  }

  private done(hash: string): void {
    this.listener.onHash(hash);
    this.isIdle = true;
    if (this.questions) this.answer(this.questions, 0);
  }

  private hash(wanted: Wanted): void {
    const hashes = new BigUint64Array(wanted.replicates);
    let done = 0;
    this.pool.run({
      ...wanted,
      hash: true,
      batches: batchesOf(wanted.replicates, this.places.numDraws),
      onBatch: ({ batch, hashes: of }) => {
        for (let l = 0; l < batch.num; l++) hashes[batch.first + l * this.places.numDraws] = of[l];
        done += batch.num;
        if (done === wanted.replicates) this.done(this.engine.hashOf(hashes));
      },
      onRefused: this.listener.onRefused,
    });
  }
}
