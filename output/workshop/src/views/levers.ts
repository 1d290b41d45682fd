// The levers behind the dials, and what the model assumes: each is a setting as --set takes it.
import { ChoiceTabs, type OnChoice } from "../choices";
import { h } from "../dom";
import { number, significant, t } from "../language";
import type { Lever, Parameter } from "../scenario";
import { type Change, type Setting, settingOf } from "../settings";
import type { State } from "../state";
import type { Months } from "./monthforms";
import type { Panel, Shown } from "./panel";
import { keysOf, PlacesForm } from "./places";

const LEVERS = "levers";
const STEPS = 100;
const MOST_TIMES = 3;
const MOST_SET = 10; // beyond it a lever counts

type OnSetting = (setting: Setting, isNothing: boolean) => void;

// What a row moves: from low to high, and where it stands when it is left alone.
interface Scale {
  address: string;
  change: Change;
  low: number;
  high: number;
  rest: number;
  step: number;
}

interface Row {
  scale: Scale;
  element: HTMLElement;
  input: HTMLInputElement;
  shown: HTMLElement;
  reset: HTMLButtonElement;
  restText: string;
  words: string; // in which it is found
}

function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function written(value: number): string {
  return significant(value, 3);
}

function unitOf(unit: string): string {
  return unit === "1" || unit === "" ? "" : ` ${t(`unit.${unit}`)}`;
}

// What counts or has no upper end is multiplied, so that places keep their proportions; the rest is set.
function leverScale(lever: Lever, course: Float32Array): Scale {
  if (lever.dial !== "" || lever.unlimited || Number(lever.high) > MOST_SET) return { address: lever.name, change: "*=", low: 0, high: MOST_TIMES, rest: 1, step: 0.1 };
  const low = Number(lever.low), high = Number(lever.high), step = lever.switch ? 1 : (high - low) / 20;
  return { address: lever.name, change: "=", low, high, rest: Math.max(...course), step };
}

function parameterScale(parameter: Parameter, value: number): Scale {
  const low = Number(parameter.low), high = Number(parameter.high);
  return { address: parameter.name, change: "=", low, high, rest: value, step: (high - low) / STEPS };
}

function courseText(course: Float32Array): string {
  const low = Math.min(...course), high = Math.max(...course);
  if (!Number.isFinite(high)) return t("levers.unlimited");
  return low === high ? written(low) : `${written(low)}–${written(high)}`;
}

export class LeversPanel implements Panel {
  readonly element: HTMLElement;
  readonly figures = [];
  private readonly rows: Row[] = [];
  private readonly places: PlacesForm[] = [];
  private readonly tabs: ChoiceTabs;

  constructor(of: Months, private readonly onSetting: OnSetting, onChoice: OnChoice) {
    const { places } = of, { model } = of.scenario, keys = keysOf(places);
    const levers = model.levers.map((lever, k) => this.leverRow(lever, places.courses[k], PlacesForm.of(of, lever, keys)));
    const parameters = model.parameters.map((one, k) => this.parameterRow(one, places.parameters[k]));
    const assumed = model.parameters.filter(({ evidence }) => evidence === "assumption").length;
    const about = h("p", { class: "about" }, t("levers.assumed", { number: number(assumed), all: number(model.parameters.length) }));
    const assumptions = h("div", { class: "list" }, about, ...parameters);
    const list = h("div", { class: "list" }, h("p", { class: "about" }, t("levers.asis")), ...levers);
    const search = h("input", { type: "search", placeholder: t("levers.find"), "aria-label": t("levers.find"), oninput: () => this.find(search.value) });
    this.tabs = new ChoiceTabs("list", [{ name: LEVERS, text: t("levers.levers"), part: list }, { name: "assumptions", text: t("levers.assumptions"), part: assumptions }], onChoice);
    this.element = h("section", { class: "levers", "aria-label": t("view.levers") }, h("div", { class: "title" }, this.tabs.element, search), list, assumptions);
  }

  show({ state }: Shown): void {
    this.mark(state);
  }

  mark({ settings, choices }: State): void {
    this.tabs.show(choices, LEVERS);
    for (const row of this.rows) this.markRow(row, settingOf(settings, row.scale.address));
    for (const form of this.places) form.mark(settings);
  }

  private find(text: string): void {
    for (const { element, words } of this.rows) element.hidden = !words.includes(text.toLowerCase());
  }

  private leverRow(lever: Lever, course: Float32Array, places: PlacesForm | null): HTMLElement {
    const range = lever.unlimited ? "" : t("levers.range", { low: written(Number(lever.low)), high: written(Number(lever.high)), unit: unitOf(lever.unit) });
    const dial = lever.dial === "" ? "" : t("levers.dial", { name: t(`dial.${lever.dial}`) });
    const row = this.row(leverScale(lever, course), t(`lever.${lever.name}`), courseText(course), t(`lever.${lever.name}.about`), range, dial);
    if (!places) return row;
    this.places.push(places);
    row.append(places.element);
    return row;
  }

  private parameterRow(parameter: Parameter, value: number): HTMLElement {
    const range = t("levers.range", { low: written(Number(parameter.low)), high: written(Number(parameter.high)), unit: unitOf(parameter.unit) });
    const evidence = h("span", { class: `evidence ${parameter.evidence}` }, t(`evidence.${parameter.evidence}`));
    const source = parameter.source === "" ? "" : h("span", { lang: "en", class: "source" }, parameter.source);
    const key = `parameter.${parameter.name}`;
    return this.row(parameterScale(parameter, value), t(key), written(value), t(`${key}.about`), evidence, range, source);
  }

  private row(scale: Scale, name: string, restText: string, ...about: (Node | string)[]): HTMLElement {
    const id = `set-${scale.address}`, shown = h("output", { for: id });
    const input = h("input", { type: "range", id, min: scale.low, max: scale.high, step: scale.step, "aria-describedby": `${id}-about`, oninput: () => this.move(scale, Number(input.value)) });
    const reset = h("button", { type: "button", class: "back", "aria-label": `${t("action.reset")}: ${name}`, title: t("action.reset"), onclick: () => this.move(scale, null) }, "×");
    const parts = about.filter((part) => part !== "").flatMap((part, k) => (k === 0 ? [part] : [" · ", part]));
    const element = h("div", { class: "row" }, h("div", { class: "head" }, h("label", { for: id }, name), shown, reset), input, h("p", { id: `${id}-about` }, ...parts));
    this.rows.push({ scale, element, input, shown, reset, restText, words: element.textContent!.toLowerCase() });
    return element;
  }

  private move({ address, change }: Scale, value: number | null): void {
    this.onSetting({ address, change, value: plain(value ?? 1) }, value === null || (change === "*=" && Math.abs(value - 1) < 1e-6));
  }

  private markRow({ scale, input, shown, reset, restText }: Row, setting: Setting | undefined): void {
    const value = setting && setting.change === scale.change ? Number(setting.value) : scale.rest;
    input.value = String(value);
    input.style.setProperty("--share", `${(100 * (Number(input.value) - scale.low)) / (scale.high - scale.low)}%`);
    const text = !setting ? restText : setting.change === "*=" ? t("dial.times", { number: written(Number(setting.value)) }) : `${setting.change === "+=" ? "+ " : ""}${written(Number(setting.value))}`;
    shown.textContent = text;
    shown.classList.toggle("changed", setting !== undefined);
    input.setAttribute("aria-valuetext", text);
    reset.hidden = setting === undefined;
  }
}
