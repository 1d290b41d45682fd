// What the page and its workers say to each other.
import type { Model } from "../scenario";
import type { Setting } from "../settings";
import type { Places } from "./module";

// Up to four replicates of one network draw: first, first + K, ...
export interface Batch {
  first: number;
  num: number;
}

export interface Order {
  job: number;
  settings: Setting[];
  seed: string;
  hash: boolean;
  batch: Batch;
}

// What a worker has to know of a model.
export type Driven = Pick<Model, "levers" | "parameters" | "flows">;

export type ToWorker =
  | { kind: "open"; opening: number; module: WebAssembly.Module; text: string; waves: string; model: Driven }
  | { kind: "copy"; module: WebAssembly.Module; memory: ArrayBuffer; model: Driven } // of one that has opened it
  | { kind: "run"; order: Order }
  | { kind: "stop" };

export interface BatchResult {
  job: number;
  batch: Batch;
  measures: Float64Array; // [splits][months][measures][4]
  stages: Uint8Array; // [months + 1][nodes][LANES]
  reached: Uint16Array; // [roadmap rows][milestones][4]
  flows: Float32Array; // [months][cells][flows][4 counts][4]
  hashes: BigUint64Array; // [4]
}

export type FromWorker =
  | { kind: "opened"; opening: number; places: Places; memory: ArrayBuffer }
  | { kind: "copied" }
  | { kind: "done"; result: BatchResult }
  | { kind: "stopped" }
  | { kind: "refused"; job: number; name: string }
  | { kind: "failed"; message: string };
