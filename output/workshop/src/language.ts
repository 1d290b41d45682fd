// Texts and numbers as the chosen language writes them.
import strings from "virtual:strings";

export const LANGUAGES = Object.keys(strings);

let current = "en";

export function setLanguage(language: string): void {
  current = LANGUAGES.includes(language) ? language : "en";
  document.documentElement.lang = current;
}

export function language(): string {
  return current;
}

// The browser's own language where the page has it.
export function preferredLanguage(): string {
  const names: Record<string, string> = { tl: "fil" };
  const wanted = navigator.languages.map((tag) => tag.split("-")[0]).map((tag) => names[tag] ?? tag);
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

// The text of a key, with {name} replaced. A key without a text shows itself.
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = strings[current][key] ?? key;
  return text.replace(/\{([a-z]+)\}/g, (_, name) => String(values[name] ?? ""));
}

// To make a formatter takes far longer than to use it.
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, make: () => T): T {
  const key = `${current} ${name}`, format = (formats.get(key) as T | undefined) ?? make();
  formats.set(key, format);
  return format;
}

export function number(value: number, decimals = 0): string {
  return kept(`number ${decimals}`, () => new Intl.NumberFormat(current, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })).format(value);
}

export function percent(share: number): string {
  return t("number.percent", { number: number(100 * share) });
}

// "49-55 %"
export function percentRange(low: number, high: number): string {
  return t("number.percent", { number: `${number(100 * low)}–${number(100 * high)}` });
}

// A calendar month: year * 12 + (month - 1).
export function monthName(calendar: number, style: "long" | "short" = "long"): string {
  const date = new Date(Date.UTC(Math.floor(calendar / 12), calendar % 12, 15));
  return kept(`month ${style}`, () => new Intl.DateTimeFormat(current, { year: "numeric", month: style, timeZone: "UTC" })).format(date);
}
