// One budget, spent table by table: a table's choice is a code, and the facilitator sees all of them.
import { codeOf, DIAL_HIGH, medianOf, sharesOf, TOTAL } from "../budgetcode";
import { h } from "../dom";
import { monthName, number, percent, percentRange, t } from "../language";
import { remember, remembered } from "../memory";
import { DIALS, type Setting, valueOf, withSetting } from "../settings";
import type { Shown } from "./panel";
import type { RoomActions } from "./room";
import { part } from "./part";
import { QrCode } from "./qr";

const MOST_TABLES = 20;

interface Table {
  code: string;
  shares: number[];
  result: string; // once it has been run
}

// Null where it is no code.
function tableOf(text: string): Table | null {
  const shares = sharesOf(text);
  return shares && { code: codeOf(shares), shares, result: "" };
}

const sharesIn = (settings: Setting[]) => DIALS.map((dial) => Math.round(10 * Number(valueOf(settings, dial) ?? 1)));
const settingsOf = (shares: number[], from: Setting[]) =>
  DIALS.reduce((all, address, k) => withSetting(all, { address, change: "=", value: String(shares[k] / 10) }, shares[k] === 10), from);

export class BudgetExercise {
  readonly element: HTMLElement;
  private readonly mine = h("p", { class: "mine", role: "status" });
  private readonly input = h("input", { type: "text", id: "code", autocomplete: "off", spellcheck: "false" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly board = h("div", { class: "board" });
  private readonly qr = new QrCode();
  private tables: Table[] = [];
  private last: Shown | null = null;

  constructor(private readonly actions: RoomActions) {
    const mine = h("div", { class: "choice" }, this.mine, this.qr.element);
    const form = h("form", { class: "asked", onsubmit: (event) => this.enter(event) }, h("label", { for: "code" }, t("budget.code")), this.input, h("button", { type: "submit", class: "enter" }, t("budget.add")));
    const known = remembered("tables");
    if (Array.isArray(known)) this.tables = known.slice(0, MOST_TABLES).map((code) => tableOf(String(code))).filter((table) => table !== null);
    this.element = part("budget", h("p", { class: "said" }, t("budget.about", { total: number(TOTAL / 10, 1) })), mine, form, this.problem, this.board);
  }

  // At once, before anything has run.
  mark(settings: Setting[]): void {
    const code = this.codeOf(settings), spent = sharesIn(settings).reduce((sum, share) => sum + share, 0);
    this.qr.show(code);
    this.mine.textContent = code ? t("budget.mine", { code }) : t("budget.unspent", { spent: number(spent / 10, 1), total: number(TOTAL / 10, 1) });
  }

  show(shown: Shown): void {
    const { state, ensemble } = shown;
    this.last = shown;
    const table = this.tables.find(({ code }) => code === this.codeOf(state.settings));
    if (table && ensemble.num === ensemble.wanted && ensemble.settings === state.settings) {
      const { median, low, high } = ensemble.bands("functioning"), k = ensemble.scenario.months - 1;
      table.result = t("budget.result", { value: percent(median[k]), range: percentRange(low[k], high[k]), month: monthName(ensemble.scenario.start + k, "short") });
    }
    this.write();
  }

  // Null where the dials spend more or less than there is.
  private codeOf(settings: Setting[]): string | null {
    const shares = sharesIn(settings), fits = shares.reduce((sum, share) => sum + share, 0) === TOTAL && shares.every((share) => share <= DIAL_HIGH);
    return fits ? codeOf(shares) : null;
  }

  private enter(event: Event): void {
    event.preventDefault();
    const words = this.input.value.split(/[\s,;]+/).filter((word) => word !== ""), wrong = words.filter((word) => !sharesOf(word));
    this.problem.textContent = words.length === 0 || wrong.length > 0 ? t("budget.wrong", { codes: wrong.join(" ") || "–" }) : "";
    const entered = words.map(tableOf).filter((table) => table !== null);
    this.tables = [...this.tables, ...entered].slice(0, MOST_TABLES);
    this.input.value = wrong.join(" ");
    remember("tables", this.tables.map(({ code }) => code));
    if (this.last) this.show(this.last);
  }

  private write(): void {
    if (this.tables.length === 0) return this.board.replaceChildren();
    const lines = DIALS.map((dial, k) => this.line(dial, this.tables.map(({ shares }) => shares[k])));
    const rows = this.tables.map((table, k) => this.row(table, k));
    const head = h("tr", {}, ...["budget.table", "budget.choice", "budget.outcome"].map((key) => h("th", { scope: "col" }, t(key))));
    this.board.replaceChildren(...lines, h("table", {}, head, ...rows));
  }

  // Each table is a dot on the dial; the mark is the median choice.
  private line(dial: string, shares: number[]): HTMLElement {
    const at = (share: number) => `left:${(100 * share) / DIAL_HIGH}%`, middle = medianOf(shares);
    const dots = shares.map((share) => h("i", { class: "dot", style: at(share) }));
    const text = t("budget.spread", { median: number(middle / 10, 1), low: number(Math.min(...shares) / 10, 1), high: number(Math.max(...shares) / 10, 1) });
    return h("div", { class: "line" }, h("strong", {}, t(`dial.${dial}`)), h("div", { class: "scale", "aria-hidden": "true" }, h("i", { class: "median", style: at(middle) }), ...dots), h("span", { class: "spread" }, text));
  }

  private row({ code, shares, result }: Table, k: number): HTMLElement {
    const show = h("button", { type: "button", onclick: () => this.actions.onSettings(settingsOf(shares, this.actions.settings())) }, t("budget.show"));
    const choice = shares.map((share) => t("dial.times", { number: number(share / 10, 1) })).join(" · ");
    return h("tr", {}, h("th", { scope: "row" }, `${k + 1} (${code})`), h("td", {}, choice), h("td", {}, result === "" ? show : result));
  }
}
