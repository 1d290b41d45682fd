// Settings of one lever: over the whole run, and from one month to another.
import { addressOf, nameIn, readAddress, type Setting } from "./settings";
import { dateOf } from "./table";

export function settingsOfLever(settings: Setting[], lever: string): Setting[] {
  return settings.filter(({ address }) => nameIn(address) === lever);
}

export function spansOf(settings: Setting[], lever: string): Setting[] {
  return settingsOfLever(settings, lever).filter(({ address }) => address !== lever);
}

// The settings with those of a lever replaced, at the end: a later one goes over an earlier one.
export function withLever(settings: Setting[], lever: string, own: Setting[]): Setting[] {
  return [...settings.filter(({ address }) => nameIn(address) !== lever), ...own];
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
