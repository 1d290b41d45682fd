// The forms of levers by month. Each draws what the settings say, and makes settings of what is moved.
import { h } from "../dom";
import type { Places } from "../engine/module";
import { monthName, significant, t } from "../language";
import type { Lever, Scenario } from "../scenario";
import type { Change, Setting } from "../settings";
import { afterWave, monthsOf, monthText, settingsOfLever, spanOf, spansOf, waveOffset, withLever, withSpan } from "../spans";
import { amount, choose, chooseMonth } from "./monthfields";

export interface Months {
  scenario: Scenario;
  places: Places;
  settings: () => Setting[];
  onSettings: (settings: Setting[]) => void;
}

export type Form = (of: Months, lever: Lever) => Node[];

const HIGHEST = 1000; // beyond it a lever has no end that anybody would type

function courseOf({ scenario, places }: Months, lever: Lever): Float32Array {
  return places.courses[scenario.model.levers.indexOf(lever)];
}

// The largest value that the scenario has anywhere.
function most(of: Months, lever: Lever): number {
  const high = Math.max(...courseOf(of, lever));
  return Number.isFinite(high) ? Number(high.toPrecision(4)) : 0;
}

// Where a new setting of it begins.
export function beginOf(of: Months, lever: Lever): number {
  return lever.switch ? 1 : Math.min(highest(lever), most(of, lever) || Number(lever.value) || Math.min(1, Number(lever.high)));
}

function button(id: string, text: string, label: string, onclick: () => void): HTMLElement {
  return h("button", { type: "button", id, "aria-label": label, onclick }, text);
}

function set(of: Months, lever: string, own: Setting[]): void {
  of.onSettings(withLever(of.settings(), lever, own));
}

function highest(lever: Lever): number {
  return Math.min(Number(lever.high), HIGHEST);
}

// ---- From a month to a month, as often as one likes

const SIGNS: Record<Change, string> = { "=": "", "*=": "×", "+=": "+" };

// Where it does not set the lever but multiplies it or adds to it, the label says so.
export function valueField(lever: Lever, id: string, value: number, onAmount: (value: number) => void, change: Change = "="): HTMLElement {
  const label = `${t("months.value")} ${SIGNS[change]}`.trimEnd();
  if (change !== "=") return amount({ id, label, value, low: change === "*=" ? 0 : -highest(lever), high: highest(lever), onAmount });
  if (lever.switch) return choose({ id, label, value: String(value), onChoice: (chosen) => onAmount(Number(chosen)) }, [["0", t("months.off")], ["1", t("months.on")]]);
  return amount({ id, label, value, low: Number(lever.low), high: highest(lever), onAmount });
}

function spanRow(of: Months, lever: Lever, spans: Setting[], k: number): HTMLElement {
  const { start, months } = of.scenario, { from, to } = monthsOf(spans[k]), value = Number(spans[k].value), id = `${lever.name}-${k}`;
  const whole = settingsOfLever(of.settings(), lever.name).filter(({ address }) => address === lever.name);
  const change = (span: Setting | null) => set(of, lever.name, [...whole, ...withSpan(spans, k, span)]);
  const first = from ?? monthText(start, 0), isAfter = (end: string) => end === "" || end >= first || waveOffset(end) !== null;
  return h("div", { class: "span" },
    chooseMonth({ id: `${id}-from`, label: t("months.from"), value: first, onChoice: (month) => change(spanOf(lever.name, month, to && to >= month ? to : undefined, value)) }, start, months),
    chooseMonth({ id: `${id}-to`, label: t("months.to"), value: to ?? "", onChoice: (month) => isAfter(month) && change(spanOf(lever.name, first, month || undefined, value)) }, start, months, t("months.end")),
    valueField(lever, `${id}-value`, value, (given) => change(spanOf(lever.name, first, to, given))),
    button(`${id}-remove`, "×", t("months.remove"), () => change(null)));
}

export const spansForm: Form = (of, lever) => {
  const { start, months } = of.scenario, own = settingsOfLever(of.settings(), lever.name), spans = spansOf(of.settings(), lever.name);
  const middle = monthText(start, Math.floor(months / 3));
  const add = () => set(of, lever.name, [...own.filter(({ address }) => !spans.some((span) => span.address === address)), ...withSpan(spans, -1, spanOf(lever.name, middle, undefined, beginOf(of, lever)))]);
  return [...spans.map((_, k) => spanRow(of, lever, spans, k)), button(`${lever.name}-add`, t("months.add"), t("months.add"), add)];
};

// ---- A grant: none, but for some months after the wave of a place began

export const grantForm: Form = (of, lever) => {
  const found = spansOf(of.settings(), lever.name)[0], { from, to } = found ? monthsOf(found) : {};
  const begin = waveOffset(from) ?? 12, length = (waveOffset(to) ?? begin + 23) - begin + 1, paid = found ? Number(found.value) : most(of, lever) || 0.5;
  const put = (first: number, months: number, value: number) => {
    const whole: Setting = { address: lever.name, change: "=", value: "0" };
    set(of, lever.name, [whole, spanOf(lever.name, afterWave(first), afterWave(first + Math.max(1, months) - 1), value)]);
  };
  const last = of.scenario.months;
  return [
    amount({ id: "grant-start", label: t("months.start"), value: begin, low: 0, high: last, onAmount: (value) => put(Math.round(value), length, paid) }),
    amount({ id: "grant-length", label: t("months.length"), value: length, low: 1, high: last, onAmount: (value) => put(begin, Math.round(value), paid) }),
    amount({ id: "grant-amount", label: t("months.amount"), value: paid, low: Number(lever.low), high: Number(lever.high), onAmount: (value) => put(begin, length, value) }),
  ];
};

// ---- Elections: the months in which they fall

interface Election {
  month: string;
  share: number;
}

function electionsIn(of: Months, lever: Lever): Election[] {
  const spans = spansOf(of.settings(), lever.name), course = courseOf(of, lever), { start, months } = of.scenario;
  if (settingsOfLever(of.settings(), lever.name).length > 0) return spans.map((span) => ({ month: monthsOf(span).from!, share: Number(span.value) }));
  const shares = Array.from({ length: months }, (_, k) => Number(course[2 * k + 1].toPrecision(4)));
  return shares.map((share, k) => ({ month: monthText(start, k), share })).filter(({ share }) => share > 0);
}

export const electionForm: Form = (of, lever) => {
  const { start, months } = of.scenario, elections = electionsIn(of, lever), share = elections[0]?.share ?? 0.35;
  const put = (list: Election[]) => {
    const ordered = [...new Map(list.map((one) => [one.month, one])).values()].sort((a, b) => (a.month < b.month ? -1 : 1));
    set(of, lever.name, [{ address: lever.name, change: "=", value: "0" }, ...ordered.map((one) => spanOf(lever.name, one.month, one.month, one.share))]);
  };
  const named = (month: string) => monthName(Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1, "short");
  const without = ({ month }: Election) => put(elections.filter((one) => one.month !== month));
  const chips = elections.map((one) => h("li", {}, t("months.election", { month: named(one.month), share: significant(100 * one.share, 3) }), button(`election-${one.month}`, "×", `${t("months.remove")}: ${named(one.month)}`, () => without(one))));
  return [
    elections.length === 0 ? h("p", {}, t("months.noelection")) : h("ul", { class: "chips" }, ...chips),
    chooseMonth({ id: "election-add", label: t("months.addelection"), value: "", onChoice: (month) => month && put([...elections, { month, share }]) }, start, months, "–"),
    amount({ id: "election-share", label: t("months.replaced"), value: share, low: 0, high: 1, onAmount: (value) => put(elections.map(({ month }) => ({ month, share: value }))) }),
  ];
};

// ---- A mandate: its force and clarity from a month on, and a deadline

export const mandateForm: Form = (of, lever) => {
  const { start, months, model } = of.scenario, settings = of.settings(), middle = monthText(start, Math.floor(months / 3));
  const [force, clear, due] = ["mandate", "mandate_clarity", "deadline"].map((name) => spansOf(settings, name)[0]);
  const from = (force && monthsOf(force).from) ?? middle, level = Number(force?.value ?? (most(of, lever) || 1)), clarity = Number(clear?.value ?? 1), deadline = (due && monthsOf(due).from) ?? "";
  const put = (next: { from?: string; level?: number; clarity?: number; deadline?: string }) => {
    const now = { from, level, clarity, deadline, ...next };
    const withForce = withLever(of.settings(), "mandate", [spanOf("mandate", now.from, undefined, now.level)]);
    const withClarity = withLever(withForce, "mandate_clarity", [spanOf("mandate_clarity", now.from, undefined, now.clarity)]);
    of.onSettings(withLever(withClarity, "deadline", now.deadline === "" ? [] : [spanOf("deadline", now.deadline, undefined, 1)]));
  };
  const levels: [string, string][] = [["0", t("months.none")], ["0.5", t("months.encouraged")], ["1", t("months.statutory")]];
  const other: [string, string][] = levels.some(([one]) => one === String(level)) ? [] : [[String(level), significant(level, 3)]];
  const lowest = model.levers.find(({ name }) => name === "mandate_clarity")!;
  return [
    choose({ id: "mandate-force", label: t("months.force"), value: String(level), onChoice: (value) => put({ level: Number(value) }) }, [...levels, ...other]),
    chooseMonth({ id: "mandate-from", label: t("months.from"), value: from, onChoice: (month) => put({ from: month }) }, start, months),
    amount({ id: "mandate-clarity", label: t("lever.mandate_clarity"), value: clarity, low: Number(lowest.low), high: Number(lowest.high), onAmount: (value) => put({ clarity: value }) }),
    chooseMonth({ id: "mandate-deadline", label: t("lever.deadline"), value: deadline, onChoice: (month) => put({ deadline: month }) }, start, months, t("months.nodeadline")),
  ];
};
