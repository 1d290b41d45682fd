// Settings as --set takes them: ADDRESS=VALUE, ADDRESS*=VALUE, ADDRESS+=VALUE. An address is a name, and
// where it holds for some places or months, NAME@tier=T,from=M,to=M.
import type { Lever, Model } from "./scenario";

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

// What stands behind @: which places, and which months; both months are in it.
export const PLACES = ["under", "tier", "wave", "group"] as const;
const MONTHS = ["from", "to"] as const; // YYYY-MM, a month number from 1, or w+N: N months after the place's own wave began
const BEHIND = [...PLACES, ...MONTHS];
type Behind = (typeof BEHIND)[number];
export type PlaceKey = (typeof PLACES)[number];
export type Address = { name: string } & Partial<Record<Behind, string>>;

const MONTH = /^(w\+[0-9]{1,5}|[0-9]{4}-(0[1-9]|1[0-2])|[1-9][0-9]{0,4})$/;

export function readAddress(text: string): Address | null {
  const [name, ...behind] = text.split("@"), address: Address = { name };
  if (!/^[a-z_]+$/.test(name) || behind.length > 1) return null;
  for (const pair of behind.flatMap((words) => words.split(","))) {
    const [key, value, ...more] = pair.split("=") as [Behind, string, ...string[]];
    if (!BEHIND.includes(key) || key in address || !value || more.length > 0) return null;
    if (MONTHS.some((month) => month === key) && !MONTH.test(value)) return null;
    address[key] = value;
  }
  return address;
}

export function addressOf(address: Address): string {
  const behind = BEHIND.filter((key) => address[key]).map((key) => `${key}=${address[key]}`).join();
  return behind === "" ? address.name : `${address.name}@${behind}`;
}

// It is not for all places.
export function hasPlaces(address: Address): boolean {
  return PLACES.some((key) => address[key] !== undefined);
}

export function nameIn(address: string): string {
  return address.split("@")[0];
}

// What belongs to a country as a whole has no parts.
export function selects(lever: Lever, key: PlaceKey): boolean {
  return key === "under" || lever.scope !== "country";
}

function isKnown(model: Model, setting: Setting): boolean {
  const address = readAddress(setting.address);
  if (!address) return false;
  if (DIALS.includes(address.name)) return setting.change === "=" && !hasPlaces(address);
  const isParameter = model.parameters.some(({ name }) => name === address.name), lever = model.levers.find(({ name }) => name === address.name);
  return isParameter ? setting.address === address.name : lever !== undefined && PLACES.every((key) => address[key] === undefined || selects(lever, key));
}

// Null where it is none that the page knows.
export function readSetting(model: Model, text: string): Setting | null {
  const parts = /^(.+?)(=|\*=|\+=)(unlimited|-?[0-9.]+(?:e[-+]?[0-9]+)?)$/.exec(text);
  if (!parts) return null;
  const setting = { address: parts[1], change: parts[2] as Change, value: parts[3] };
  return isKnown(model, setting) ? { ...setting, address: addressOf(readAddress(parts[1])!) } : null;
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
