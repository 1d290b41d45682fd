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

// Tiers are words of whoever wrote the scenario; the table knows the usual ones.
export function tierName(tier: string): string {
  return `tier.${tier}` in strings.en ? t(`tier.${tier}`) : tier.replaceAll("_", " ");
}

// What readers call a dial, a lever or a parameter.
export function nameOf(name: string): string {
  const kind = ["dial", "lever", "parameter"].find((one) => `${one}.${name}` in strings.en);
  return t(`${kind}.${name}`);
}

// To make a formatter takes far longer than to use it.
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(kind: string, digits: Intl.NumberFormatOptions): Intl.NumberFormat {
  const format = formats.get(kind) ?? new Intl.NumberFormat("en-US", digits);
  formats.set(kind, format);
  return format;
}

// The signs are those of the table, as in the report: not every browser knows the four languages.
function written(value: number, format: Intl.NumberFormat): string {
  return format.format(value).replace(/[.,]/g, (sign) => t(sign === "." ? "number.decimal" : "number.group"));
}

export function number(value: number, decimals = 0): string {
  return written(value, formatOf(`${decimals} decimals`, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
}

// With so many digits that matter, and no zeros at the end.
export function significant(value: number, digits: number): string {
  return written(value, formatOf(`${digits} digits`, { maximumSignificantDigits: digits }));
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
  const month = String((calendar % 12) + 1).padStart(2, "0");
  return `${t(style === "long" ? `month.${month}` : `month.short.${month}`)} ${Math.floor(calendar / 12)}`;
}
