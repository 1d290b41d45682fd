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

export type ToWorker =
  | { kind: "open"; module: WebAssembly.Module; text: string; waves: string; model: Pick<Model, "levers" | "parameters" | "flows"> }
  | { kind: "run"; order: Order }
  | { kind: "stop" };

export interface BatchResult {
  job: number;
  batch: Batch;
  measures: Float64Array; // [splits][months][measures][4]
  stages: Uint8Array; // [months + 1][stages][nodes]
  reached: Uint16Array; // [roadmap rows][milestones][4]
  flows: Float32Array; // [months][cells][flows][4 counts][4]
  hashes: BigUint64Array; // [4]
}

export type FromWorker =
  | { kind: "opened"; places: Places }
  | { kind: "done"; result: BatchResult }
  | { kind: "stopped" }
  | { kind: "refused"; job: number; name: string }
  | { kind: "failed"; message: string };
