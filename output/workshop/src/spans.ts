// Settings of one lever: over the whole run, from one month to another, and for a part of the places.
import { addressOf, hasPlaces, nameIn, readAddress, type Setting } from "./settings";
import { dateOf } from "./table";

function isPart({ address }: Setting): boolean {
  return hasPlaces(readAddress(address) ?? { name: address });
}

// Those for all places.
export function settingsOfLever(settings: Setting[], lever: string): Setting[] {
  return settings.filter((setting) => nameIn(setting.address) === lever && !isPart(setting));
}

export function partsOfLever(settings: Setting[], lever: string): Setting[] {
  return settings.filter((setting) => nameIn(setting.address) === lever && isPart(setting));
}

export function spansOf(settings: Setting[], lever: string): Setting[] {
  return settingsOfLever(settings, lever).filter(({ address }) => address !== lever);
}

// The settings with those of a lever replaced, at the end: a later one goes over an earlier one, and what holds
// for a part of the places over what holds for all.
export function withLever(settings: Setting[], lever: string, own: Setting[]): Setting[] {
  return [...settings.filter(({ address }) => nameIn(address) !== lever), ...own, ...partsOfLever(settings, lever)];
}

export function withParts(settings: Setting[], lever: string, parts: Setting[]): Setting[] {
  return [...settings.filter((setting) => nameIn(setting.address) !== lever || !isPart(setting)), ...parts];
}

// One of a list changed, or taken out; no two hold for the same months.
export function withSpan(spans: Setting[], k: number, span: Setting | null): Setting[] {
  const others = spans.map((other, at) => (at === k ? span : other.address === span?.address ? null : other));
  return [...others, k < 0 ? span : null].filter((one) => one !== null);
}

export function spanOf(lever: string, from: string, to: string | undefined, value: number): Setting {
  return { address: addressOf({ name: lever, from, to }), change: "=", value: String(value) };
}

export function monthsOf(setting: Setting): { from?: string; to?: string } {
  return readAddress(setting.address) ?? {};
}

// The month that a place's own wave makes of a number of months after its beginning.
export function afterWave(number: number): string {
  return `w+${number}`;
}

// N of "w+N"; null for another month.
export function waveOffset(month: string | undefined): number | null {
  return month !== undefined && month.startsWith(afterWave(0).slice(0, 2)) ? Number(month.slice(2)) : null;
}

// As the program writes it, for the k-th month from 0.
export function monthText(start: number, k: number): string {
  return dateOf(start + k);
}
