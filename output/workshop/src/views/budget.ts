// One budget, spent table by table: a table's choice is a code, and the facilitator sees all of them and what they
// give.
import { h } from "../dom";
import type { Places } from "../engine/module";
import { monthName, nameOf, number, percent, percentRange, t } from "../language";
import { remember, remembered } from "../memory";
import { type Choice, choiceIn, choiceOf, codeOf, daysIn, daysOf, GRANTS, purseOf, type Purse, settingsOf } from "../purse";
import type { Scenario } from "../scenario";
import type { Setting } from "../settings";
import type { State } from "../state";
import { choose, replaceControls } from "./monthfields";
import type { Shown } from "./panel";
import type { RoomActions } from "./room";
import { part } from "./part";
import { QrCode } from "./qr";

const MOST_TABLES = 20;

interface Outcome {
  median: number;
  low: number;
  high: number;
}

interface Table {
  code: string;
  choice: Choice;
}

function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b), at = (sorted.length - 1) / 2;
  return (sorted[Math.floor(at)] + sorted[Math.ceil(at)]) / 2;
}

export class BudgetExercise {
  readonly element: HTMLElement;
  private readonly purse: Purse;
  private readonly spending = h("div", { class: "spending" });
  private readonly mine = h("p", { class: "mine", role: "status" });
  private readonly input = h("input", { type: "text", id: "code", autocomplete: "off", spellcheck: "false" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly board = h("div", { class: "board" });
  private readonly qr = new QrCode();
  private readonly outcomes = new Map<string, Outcome>(); // of codes
  private tables: Table[] = [];
  private besides = ""; // the settings that the outcomes stand on
  private last: Shown | null = null;

  constructor(private readonly scenario: Scenario, places: Places, private readonly actions: RoomActions) {
    this.purse = purseOf(scenario.model, places);
    const mine = h("div", { class: "choice" }, this.qr.element, this.mine);
    const form = h("form", { class: "asked", onsubmit: (event) => this.enter(event) }, h("label", { for: "code" }, t("budget.code")), this.input, h("button", { type: "submit", class: "enter" }, t("budget.add")));
    const known = remembered("tables");
    if (Array.isArray(known)) this.tables = known.slice(0, MOST_TABLES).map((code) => this.tableOf(String(code))).filter((table) => table !== null);
    const planned = daysIn(this.purse, { steps: this.purse.kinds.map(({ steps }) => steps), grant: 0 });
    const about = t(this.purse.hasGrants ? "budget.about" : "budget.days", { days: this.days(planned) });
    this.element = part("budget", h("p", { class: "said" }, about), this.spending, h("div", { class: "handed" }, mine, form), this.problem, this.board);
  }

  // As fine as a step is.
  private days(value: number): string {
    return number(value, Math.max(0, Math.ceil(-Math.log10(this.purse.step))));
  }

  // Null where it is no code.
  private tableOf(text: string): Table | null {
    const choice = choiceOf(this.purse, text);
    return choice && { code: codeOf(this.purse, choice)!, choice };
  }

  // At once, before anything has run.
  mark(settings: Setting[]): void {
    const choice = choiceIn(this.purse, settings), code = choice && codeOf(this.purse, choice);
    this.qr.show(code);
    if (code) this.mine.textContent = t("budget.mine", { code });
    else if (choice) this.mine.textContent = t("budget.unspent", { spent: this.days(daysIn(this.purse, choice)), days: this.days(daysIn(this.purse, { ...choice, steps: this.purse.kinds.map(({ steps }) => steps) })) });
    else this.mine.textContent = t("budget.elsewhere");
    this.write(choice);
  }

  // Only in view: each table is run for it.
  show(shown: Shown): void {
    const { state, ensemble } = shown, isWhole = ensemble.num === ensemble.wanted && ensemble.settings === state.settings;
    this.last = shown;
    if (isWhole && this.element.offsetParent !== null) this.ask(state);
  }

  // What a table's choice gives depends on all that is set besides.
  private ask(state: State): void {
    const planned = { steps: this.purse.kinds.map(({ steps }) => steps), grant: GRANTS.indexOf(1) }, besides = JSON.stringify([settingsOf(this.purse, planned, state.settings), state.seed, state.replicates]);
    if (this.besides !== besides) this.outcomes.clear();
    this.besides = besides;
    const open = this.tables.filter(({ code }) => !this.outcomes.has(code)), last = this.scenario.months - 1;
    this.write(choiceIn(this.purse, state.settings));
    if (open.length === 0) return;
    this.actions.ask(open.map(({ choice }) => settingsOf(this.purse, choice, state.settings)), (k, ensemble) => {
      const { median, low, high } = ensemble.bands("functioning");
      this.outcomes.set(open[k].code, { median: median[last], low: low[last], high: high[last] });
      this.write(choiceIn(this.purse, this.actions.settings()));
    });
  }

  private enter(event: Event): void {
    event.preventDefault();
    const words = this.input.value.split(/[\s,;]+/).filter((word) => word !== ""), wrong = words.filter((word) => !this.tableOf(word));
    this.problem.textContent = words.length === 0 || wrong.length > 0 ? t("budget.wrong", { codes: wrong.join(" ") || "–" }) : "";
    const entered = words.map((word) => this.tableOf(word)).filter((table) => table !== null);
    this.tables = [...this.tables, ...entered].slice(0, MOST_TABLES);
    this.input.value = wrong.join(" ");
    remember("tables", this.tables.map(({ code }) => code));
    this.write(choiceIn(this.purse, this.actions.settings()));
    if (this.last) this.show(this.last);
    this.board.scrollIntoView({ block: "nearest" });
  }

  private choose(choice: Choice): void {
    this.actions.onSettings(settingsOf(this.purse, choice, this.actions.settings()));
  }

  private write(choice: Choice | null): void {
    const kinds = this.purse.kinds.map((_, k) => this.kind(k, choice));
    replaceControls(this.spending, ...kinds, ...(this.purse.hasGrants ? [this.grants(choice)] : []));
    const head = h("tr", {}, ...["budget.table", "budget.choice", "budget.outcome"].map((key) => h("th", { scope: "col" }, t(key, { month: monthName(this.scenario.start + this.scenario.months - 1, "short") }))));
    this.board.replaceChildren(...(this.tables.length === 0 ? [] : [h("table", {}, head, ...this.tables.map((table, k) => this.row(table, k)))]));
  }

  // Days are taken away and put on in steps.
  private kind(k: number, choice: Choice | null): HTMLElement {
    const { lever } = this.purse.kinds[k], name = nameOf(lever), own = choice?.steps[k] ?? null;
    const move = (by: number) => choice && this.choose({ ...choice, steps: choice.steps.map((steps, at) => (at === k ? steps + by : steps)) });
    const step = (id: string, sign: string, by: number, isOff: boolean) => h("button", { type: "button", id: `${lever}-${id}`, "aria-label": t(`budget.${id}`, { name }), disabled: isOff, onclick: () => move(by) }, sign);
    const shown = h("output", {}, own === null ? "–" : this.days(daysOf(this.purse, k, own)));
    const stepper = h("div", { class: "stepper" }, step("less", "−", -1, own === null || own === 0), shown, step("more", "+", 1, own === null));
    return this.line(name, stepper, own, this.tables.map((table) => table.choice.steps[k]), this.purse.total, (steps) => this.days(daysOf(this.purse, k, steps)));
  }

  private grants(choice: Choice | null): HTMLElement {
    const options = GRANTS.map((times, k) => [String(k), t("dial.times", { number: number(times, 1) })] as [string, string]);
    const select = choose({ id: "budget-grant", label: nameOf("grant"), value: String(choice?.grant ?? -1), onChoice: (value) => choice && this.choose({ ...choice, grant: Number(value) }) }, options);
    return this.line("", select, choice?.grant ?? null, this.tables.map((table) => table.choice.grant), GRANTS.length - 1, (grant) => number(GRANTS[Math.floor(grant)] + (grant % 1) * 0.5, 1));
  }

  // Each table is a dot, the line their median, and the ring what is chosen here.
  private line(name: string, control: HTMLElement, own: number | null, all: number[], most: number, textOf: (value: number) => string): HTMLElement {
    const at = (value: number) => `left:${Math.min(100, (100 * value) / most)}%`, marks = all.map((value) => h("i", { class: "dot", style: at(value) }));
    if (all.length > 0) marks.unshift(h("i", { class: "median", style: at(medianOf(all)) }));
    if (own !== null) marks.push(h("i", { class: "own", style: at(own) }));
    const text = all.length === 0 ? "" : t("budget.spread", { median: textOf(medianOf(all)), low: textOf(Math.min(...all)), high: textOf(Math.max(...all)) });
    return h("div", { class: "line" }, h("strong", {}, name), control, h("div", { class: "scale", "aria-hidden": "true" }, ...marks), h("span", { class: "spread" }, text));
  }

  private row({ code, choice }: Table, k: number): HTMLElement {
    const show = h("button", { type: "button", onclick: () => this.choose(choice) }, t("budget.show")), outcome = this.outcomes.get(code);
    const spent = choice.steps.map((steps, at) => this.days(daysOf(this.purse, at, steps))), grants = this.purse.hasGrants ? [t("dial.times", { number: number(GRANTS[choice.grant], 1) })] : [];
    return h("tr", {}, h("th", { scope: "row" }, `${k + 1} (${code})`), h("td", {}, [...spent, ...grants].join(" · ")), h("td", { class: "outcome" }, ...this.outcome(outcome)), h("td", {}, show));
  }

  // All on one scale, from none to all places.
  private outcome(outcome: Outcome | undefined): Node[] {
    if (!outcome) return [h("span", {}, "…")];
    const { median, low, high } = outcome;
    const band = h("i", { class: "band", style: `left:${100 * low}%;right:${100 - 100 * high}%` }), dot = h("i", { class: "dot", style: `left:${100 * median}%` });
    return [h("span", { class: "scale", "aria-hidden": "true" }, band, dot), h("span", {}, t("budget.result", { value: percent(median), range: percentRange(low, high) }))];
  }
}
