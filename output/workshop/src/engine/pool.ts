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

type Opened = Extract<FromWorker, { kind: "opened" }>;

interface Member {
  worker: Worker;
  busy: boolean;
}

export class Pool {
  readonly size = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
  private members: Member[] = [];
  private job: Job | null = null;
  private opening = 0;
  private number = 0;
  private next = 0;

  // Workers take time to begin, which the module may take as well.
  constructor(private readonly module: Promise<WebAssembly.Module>, private readonly onFailure: (message: string) => void) {
    for (let k = 0; k < this.size; k++) this.members.push({ worker: new EngineWorker(), busy: false });
  }

  // One worker reads the scenario, and says where its places are; the others start from its memory.
  async open(scenario: Scenario): Promise<Places> {
    const opening = ++this.opening;
    this.job = null;
    const module = await this.module, { text, waves, model } = scenario, { levers, parameters, flows } = model;
    const driven = { levers, parameters, flows }, [reader, ...others] = this.members;
    return new Promise((resolve) => {
      const opened = ({ places, memory, ...message }: Opened) => {
        if (message.opening !== opening) return;
        others.forEach((member, k) => this.tell(member, { kind: "copy", module, memory, model: driven }, k === others.length - 1 ? [memory] : []));
        resolve(places);
      };
      for (const member of this.members) {
        member.busy = true;
        member.worker.onmessage = (event: MessageEvent<FromWorker>) => this.hear(member, event.data, opened);
        this.tell(member, { kind: "stop" });
      }
      this.tell(reader, { kind: "open", opening, module, text, waves, model: driven });
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

  private tell(member: Member, message: ToWorker, given: Transferable[] = []): void {
    member.worker.postMessage(message, given);
  }

  private feed(member: Member): void {
    if (member.busy || !this.job || this.next >= this.job.batches.length) return;
    member.busy = true;
    const { settings, seed, hash, batches } = this.job;
    this.tell(member, { kind: "run", order: { job: this.number, settings, seed, hash, batch: batches[this.next++] } });
  }

  private async hear(member: Member, message: FromWorker, opened: (message: Opened) => void): Promise<void> {
    member.busy = false;
    const isNow = this.job !== null;
    if (message.kind === "opened") opened(message);
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
