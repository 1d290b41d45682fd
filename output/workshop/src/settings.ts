// Settings as --set takes them: ADDRESS=VALUE, ADDRESS*=VALUE, ADDRESS+=VALUE.
import type { Model } from "./scenario";

export type Change = "=" | "*=" | "+=";

export interface Setting {
  address: string;
  change: Change;
  value: string;
}

export const DIALS = ["resourcing", "engagement", "capacity_building"];
export const CHANGES: Change[] = ["=", "*=", "+="];

export function settingText(setting: Setting): string {
  return `${setting.address}${setting.change}${setting.value}`;
}

function isKnown(model: Model, setting: Setting): boolean {
  if (DIALS.includes(setting.address)) return setting.change === "=";
  const rows = [...model.levers, ...model.parameters];
  return rows.some((row) => row.name === setting.address);
}

// Null where it is none that the page knows.
export function readSetting(model: Model, text: string): Setting | null {
  const parts = /^([a-z_]+)(=|\*=|\+=)(unlimited|-?[0-9.]+(?:e[-+]?[0-9]+)?)$/.exec(text);
  if (!parts) return null;
  const setting = { address: parts[1], change: parts[2] as Change, value: parts[3] };
  return isKnown(model, setting) ? setting : null;
}

export function settingOf(settings: Setting[], address: string): Setting | undefined {
  return settings.find((setting) => setting.address === address);
}

export function valueOf(settings: Setting[], address: string): string | undefined {
  return settings.find((setting) => setting.address === address)?.value;
}

// The settings with one of them changed, or taken out where it changes nothing.
export function withSetting(settings: Setting[], setting: Setting, isNothing: boolean): Setting[] {
  const others = settings.filter((other) => other.address !== setting.address);
  return isNothing ? others : [...others, setting];
}
