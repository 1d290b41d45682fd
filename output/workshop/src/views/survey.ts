// The room survey: a show of hands at the start sets what the model starts from, and at the end is shown beside it.
import { FUNCTIONING } from "../colours";
import { h } from "../dom";
import { nameOf, number, percent, significant, t } from "../language";
import type { Scenario } from "../scenario";
import { settingText, withSetting } from "../settings";
import type { State } from "../state";
import { type Counts, countsOf, MOST_PEOPLE, ownStarts, type Question, QUESTIONS, settingsFrom, shareOf, startValue, textOf } from "../survey";
import { label, picture, rem, s } from "../svg";
import { csvOf } from "../table";
import { Figure } from "./figure";
import { part } from "./part";
import type { RoomActions } from "./room";

const BEFORE = "#a9c4ca";
const WHEN = ["survey", "again"] as const;
const hasTooMany = ([people, ...hands]: Counts) => people !== null && hands.some((count) => count !== null && count > people);
const shareText = (share: number | null) => (share === null ? "–" : percent(share));

export class RoomSurvey {
  readonly element: HTMLElement;
  readonly figure = new Figure("survey", t("survey.figure"));
  private readonly inputs: HTMLInputElement[][];
  private readonly values: HTMLElement[];
  private readonly apply = h("button", { type: "button", class: "apply", "aria-pressed": "false", onclick: () => this.start() }, t("survey.apply"));
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private shown = "";

  constructor(private readonly scenario: Scenario, private readonly actions: RoomActions) {
    this.inputs = WHEN.map((when) => [this.input(when, 0, t("survey.people")), ...QUESTIONS.map(({ name }, k) => this.input(when, k + 1, t(`survey.${name}`)))]);
    this.values = QUESTIONS.map(() => h("span", { class: "start" }));
    const head = h("tr", {}, h("th", { scope: "col" }, t("survey.ask")), h("th", { scope: "col" }, t("survey.start")), h("th", { scope: "col" }, t("survey.end")));
    const people = h("tr", { class: "people" }, h("th", { scope: "row" }, t("survey.people")), ...this.inputs.map((inputs) => h("td", {}, inputs[0])));
    const rows = QUESTIONS.map((question, k) => this.row(question, k));
    const about = h("p", { class: "said" }, t("survey.about"), " ", h("strong", {}, t("survey.assumed")));
    const asked = h("div", {}, this.problem, h("table", {}, head, people, ...rows));
    this.element = part("survey", about, h("div", { class: "sides" }, asked, h("div", { class: "room-figure" }, this.apply, this.figure.element)));
  }

  mark(state: State): void {
    const counts = WHEN.map((when) => countsOf(state[when])), settings = settingsFrom(counts[0]);
    const isSet = settings.length > 0 && settings.every((one) => state.settings.some((other) => settingText(other) === settingText(one)));
    this.apply.setAttribute("aria-pressed", String(isSet));
    this.apply.disabled = settings.length === 0;
    const shown = WHEN.map((when) => state[when]).join();
    if (shown === this.shown) return;
    this.shown = shown;
    this.element.classList.toggle("filled", settings.length > 0);
    counts.forEach((list, column) => list.forEach((count, k) => (this.inputs[column][k].value = count === null ? "" : String(count))));
    QUESTIONS.forEach((question, k) => (this.values[k].textContent = this.valueText(question, shareOf(counts[0], k))));
    this.problem.textContent = counts.some(hasTooMany) ? t("survey.toomany") : "";
    this.draw(counts);
  }

  private input(when: (typeof WHEN)[number], k: number, question: string): HTMLInputElement {
    const name = `${question} ${t(when === "survey" ? "survey.start" : "survey.end")}`;
    return h("input", { type: "number", id: `${when}-${k}`, min: 0, max: MOST_PEOPLE, step: 1, "aria-label": name, onchange: () => this.count(when) });
  }

  private row(question: Question, k: number): HTMLElement {
    const own = ownStarts(this.scenario, question.parameter), keeps = own > 0 ? ` · ${t("survey.own", { number: number(own) })}` : "";
    const sets = t("survey.sets", { name: nameOf(question.parameter), nobody: significant(question.nobody, 3), everybody: significant(question.everybody, 3) });
    return h("tr", {}, h("th", { scope: "row" }, t(`survey.${question.name}`), h("small", {}, sets, this.values[k], keeps)), ...this.inputs.map((inputs) => h("td", {}, inputs[k + 1])));
  }

  private valueText(question: Question, share: number | null): string {
    return share === null ? "" : ` → ${significant(startValue(question, share), 3)}`;
  }

  private count(when: (typeof WHEN)[number]): void {
    const read = (input: HTMLInputElement) => (input.value === "" ? null : Math.min(MOST_PEOPLE, Math.max(0, Math.round(Number(input.value)))));
    this.actions.change({ [when]: textOf(this.inputs[WHEN.indexOf(when)].map(read)) });
  }

  // A room that has been taken is given back.
  private start(): void {
    const state = this.actions.state(), isSet = this.apply.getAttribute("aria-pressed") === "true";
    this.actions.onSettings(settingsFrom(countsOf(state.survey)).reduce((all, setting) => withSetting(all, setting, isSet), state.settings));
  }

  private draw(counts: Counts[]): void {
    const shares = counts.map((list) => QUESTIONS.map((_, k) => shareOf(list, k))), names = QUESTIONS.map(({ name }) => t(`survey.${name}.short`));
    const rows = names.map((name, k) => [name, shares[0][k], shares[1][k]] as [string, number | null, number | null]);
    const heads = [t("survey.ask"), t("survey.start"), t("survey.end")];
    this.figure.show({
      draw: (width, height) => bars(rows, width, height),
      table: () => h("table", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text))), ...rows.map(([name, before, after]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, shareText(before)), h("td", {}, shareText(after))))),
      csv: () => csvOf([heads, ...rows.map(([name, before, after]) => [name, before ?? NaN, after ?? NaN])]),
      summary: rows.map(([name, before, after]) => `${name}: ${shareText(before)}, ${shareText(after)}`).join("; "),
    });
  }
}

// Two bars a question: before above after.
function bars(rows: [string, number | null, number | null][], width: number, height: number): SVGSVGElement {
  const longest = Math.max(...rows.map(([name]) => name.length)), left = Math.min(0.42 * width, (0.48 * longest + 0.6) * rem()), size = Math.min(0.85 * rem(), (left - 0.6 * rem()) / (0.56 * longest)), right = width - 3.4 * rem(), top = 2 * rem(), step = (height - top - 0.4 * rem()) / rows.length, thick = Math.min(0.34 * step, 1.1 * rem());
  const bar = (share: number | null, y: number, fill: string) =>
    share === null ? [] : [s("rect", { x: left, y, width: Math.max(1, (right - left) * share), height: thick, rx: 2, fill }), label(percent(share), left + (right - left) * share + 0.35 * rem(), y + 0.5 * thick + 0.3 * rem())];
  const first = t("survey.start"), key = (text: string, x: number, fill: string) => [s("rect", { x, y: 0.3 * rem(), width: 0.9 * rem(), height: 0.9 * rem(), rx: 2, fill }), label(text, x + 1.2 * rem(), 1.1 * rem())];
  const lines = rows.flatMap(([name, before, after], k) => {
    const middle = top + step * (k + 0.5);
    return [label(name, left - 0.6 * rem(), middle + 0.3 * rem(), { "text-anchor": "end", "font-size": size }), ...bar(before, middle - thick - 1, BEFORE), ...bar(after, middle + 1, FUNCTIONING)];
  });
  return picture(width, height, ...key(first, 0, BEFORE), ...key(t("survey.end"), (2.4 + 0.5 * first.length) * rem(), FUNCTIONING), ...lines);
}
