// Settings as --set takes them: ADDRESS=VALUE, ADDRESS*=VALUE, ADDRESS+=VALUE. An address is a name, and
// where it holds for some months, NAME@from=M,to=M with both months in it.
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

export interface Address {
  name: string;
  from?: string; // YYYY-MM, a month number from 1, or w+N: N months after the place's own wave began
  to?: string;
}

const MONTH = "(w\\+[0-9]{1,5}|[0-9]{4}-(?:0[1-9]|1[0-2])|[1-9][0-9]{0,4})";
const ADDRESS = new RegExp(`^([a-z_]+)(?:@(?:from=${MONTH}(?:,to=${MONTH})?|to=${MONTH}))?$`);

export function readAddress(text: string): Address | null {
  const parts = ADDRESS.exec(text);
  return parts && { name: parts[1], from: parts[2], to: parts[3] ?? parts[4] };
}

export function addressOf({ name, from, to }: Address): string {
  const months = [from && `from=${from}`, to && `to=${to}`].filter(Boolean).join();
  return months === "" ? name : `${name}@${months}`;
}

export function nameIn(address: string): string {
  return address.split("@")[0];
}

function isKnown(model: Model, setting: Setting): boolean {
  const address = readAddress(setting.address);
  if (!address) return false;
  if (DIALS.includes(address.name)) return setting.change === "=";
  const isParameter = model.parameters.some(({ name }) => name === address.name);
  return isParameter ? setting.address === address.name : model.levers.some(({ name }) => name === address.name);
}

// Null where it is none that the page knows.
export function readSetting(model: Model, text: string): Setting | null {
  const parts = /^(.+?)(=|\*=|\+=)(unlimited|-?[0-9.]+(?:e[-+]?[0-9]+)?)$/.exec(text);
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

// The settings with one of them changed, or taken out where it changes nothing. What holds for some months
// stays above what holds for all.
export function withSetting(settings: Setting[], setting: Setting, isNothing: boolean): Setting[] {
  const others = settings.filter((other) => other.address !== setting.address), span = others.findIndex(({ address }) => nameIn(address) === setting.address);
  const at = span < 0 ? others.length : span;
  return isNothing ? others : [...others.slice(0, at), setting, ...others.slice(at)];
}
