// What the program put into the page: the resolved scenarios and the tables of their model.
import { fromBase64 } from "./base64";
import type { Order } from "./orders";

export interface Lever {
  name: string;
  unit: string;
  value: string;
  low: string;
  high: string;
  scope: "place" | "any" | "country";
  dial: string;
  waits: boolean;
  switch: boolean;
  unlimited: boolean;
  meaning: string;
}

export interface Parameter {
  name: string;
  symbol: string;
  unit: string;
  value: string;
  low: string;
  high: string;
  evidence: string;
  source: string;
  meaning: string;
}

export interface Measure {
  name: string;
  unit: string;
  decimals: number;
  meaning: string;
}

export interface Flow {
  kind: string;
  direction: string;
  meaning: string;
}

export interface Model {
  name: string;
  levers: Lever[];
  parameters: Parameter[];
  measures: Measure[];
  stages: string[];
  milestones: string[];
  flows: Flow[];
}

export interface Scenario {
  name: string;
  path: string;
  title: string;
  hash: string;
  seed: string;
  start: number; // calendar month of month 1: year * 12 + (month - 1)
  months: number;
  names: boolean;
  model: Model;
  settings: string[]; // what was set when the page was made
  moves: string[]; // what it is opened with
  waves: string;
  text: string;
  orders: Order[];
}

export interface Contents {
  version: string;
  scenarios: Scenario[];
}

export async function readContents(): Promise<Contents> {
  const packed = document.getElementById("scenarios")!.textContent!.trim();
  const inflated = new Blob([fromBase64(packed)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(inflated).text());
}
