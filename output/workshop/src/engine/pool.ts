// The workers. A job is a list of batches; whoever is free takes the next one.
import type { Scenario } from "../scenario";
import type { Setting } from "../settings";
import type { Batch, BatchResult, FromWorker, ToWorker } from "./messages";
import type { Places } from "./module";
import EngineWorker from "./worker?worker&inline";

const MOST_WORKERS = 8;

export interface Job {
  settings: Setting[];
  seed: string;
  hash: boolean;
  batches: Batch[];
  onBatch: (result: BatchResult) => void | Promise<void>; // the worker rests until it is through
  onRefused: (name: string) => void;
}

interface Member {
  worker: Worker;
  busy: boolean;
}

export class Pool {
  readonly size = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
  private members: Member[] = [];
  private job: Job | null = null;
  private number = 0;
  private next = 0;

  constructor(private readonly module: WebAssembly.Module, private readonly onFailure: (message: string) => void) {
    for (let k = 0; k < this.size; k++) this.members.push({ worker: new EngineWorker(), busy: false });
  }

  // Every worker reads the scenario; the first to be done says where its places are.
  open(scenario: Scenario): Promise<Places> {
    this.job = null;
    const { text, waves, model } = scenario, { levers, parameters, flows } = model;
    return new Promise((resolve) => {
      for (const member of this.members) {
        member.busy = true;
        member.worker.onmessage = (event: MessageEvent<FromWorker>) => this.hear(member, event.data, resolve);
        this.tell(member, { kind: "stop" });
        this.tell(member, { kind: "open", module: this.module, text, waves, model: { levers, parameters, flows } });
      }
    });
  }

  run(job: Job): void {
    this.stop();
    this.job = job;
    this.number++;
    this.next = 0;
    for (const member of this.members) this.feed(member);
  }

  stop(): void {
    this.job = null;
    for (const member of this.members) if (member.busy) this.tell(member, { kind: "stop" });
  }

  private tell(member: Member, message: ToWorker): void {
    member.worker.postMessage(message);
  }

  private feed(member: Member): void {
    if (member.busy || !this.job || this.next >= this.job.batches.length) return;
    member.busy = true;
    const { settings, seed, hash, batches } = this.job;
    this.tell(member, { kind: "run", order: { job: this.number, settings, seed, hash, batch: batches[this.next++] } });
  }

  private async hear(member: Member, message: FromWorker, opened: (places: Places) => void): Promise<void> {
    member.busy = false;
    const isNow = this.job !== null;
    if (message.kind === "opened") opened(message.places);
    else if (message.kind === "failed") this.onFailure(message.message);
    else if (message.kind === "refused" && isNow && message.job === this.number) this.refuse(message.name);
    else if (message.kind === "done" && isNow && message.result.job === this.number) await this.job!.onBatch(message.result);
    this.feed(member);
  }

  private refuse(name: string): void {
    const job = this.job!;
    this.job = null;
    job.onRefused(name);
  }
}
