// Levers by month, one click behind the dials: what each is, for how long, and what is known of it.
import { h } from "../dom";
import { EFFECTS } from "../effects";
import { significant, t } from "../language";
import { isOrdering, orderOf, settingsOf } from "../orders";
import type { Lever, Parameter } from "../scenario";
import { nameIn, type Setting, settingText } from "../settings";
import type { State } from "../state";
import { electionForm, type Form, grantForm, mandateForm, type Months, spansForm } from "./monthforms";
import { choose, replaceControls } from "./monthfields";
import type { Panel, Shown } from "./panel";

// What a room asks for first; all other levers of the model follow.
const FIRST = ["grant", "mandate", "election", "staff_turnover", "peer_exchanges", "regional_exchanges"];
const FORMS: Record<string, Form> = { grant: grantForm, mandate: mandateForm, election: electionForm };
const TOGETHER: Record<string, string[]> = { mandate: ["mandate", "mandate_clarity", "deadline"] };

interface Card {
  names: string[];
  element: HTMLDetailsElement;
  draw: () => void;
  state: HTMLElement;
  reset: HTMLElement;
  shown: string; // what is drawn
}

export class MonthsPanel implements Panel {
  readonly element: HTMLElement;
  readonly figures = [];
  private readonly cards: Card[];
  private readonly order = h("div", { class: "form" });
  private readonly orderReset: HTMLElement;

  constructor(private readonly of: Months) {
    const { levers } = of.scenario.model, named = (name: string) => levers.find((lever) => lever.name === name);
    const first = FIRST.map(named).filter((lever) => lever !== undefined), together = Object.values(TOGETHER).flatMap((names) => names.slice(1));
    const rest = levers.filter(({ name }) => !FIRST.includes(name) && !together.includes(name));
    this.cards = [...first, ...rest].map((lever) => this.card(lever));
    this.orderReset = this.resetButton(t("months.order"), () => of.onSettings(of.settings().filter((setting) => !isOrdering(setting))));
    const waves = h("details", { class: "lever", id: "lever-waves" }, h("summary", {}, h("span", { class: "name" }, t("months.order"))), this.order, this.orderReset, ...this.orderAbout());
    this.element = h("section", { class: "months", "aria-label": t("view.months") }, h("p", { class: "about" }, t("months.about")), h("div", { class: "list" }, waves, ...this.cards.map(({ element }) => element)));
  }

  show({ state }: Shown): void {
    this.mark(state);
  }

  mark({ settings }: State): void {
    this.markOrder(settings);
    for (const card of this.cards) {
      const own = settings.filter(({ address }) => card.names.includes(nameIn(address))), shown = own.map(settingText).join();
      card.state.textContent = t(own.length > 0 ? "months.changed" : "months.asis");
      card.state.classList.toggle("changed", own.length > 0);
      card.reset.hidden = own.length === 0;
      if (card.element.open && shown !== card.shown) card.draw();
    }
  }

  // ---- The order of the waves

  private orderAbout(): Node[] {
    const assumed = h("span", { class: "evidence" }, t("evidence.assumption"));
    return [h("p", {}, t("months.orderabout")), h("p", {}, assumed, ` · ${t("months.ordersource")}`)];
  }

  private markOrder(settings: Setting[]): void {
    const { scenario } = this.of, chosen = orderOf(scenario, settings);
    this.orderReset.hidden = chosen === undefined;
    if (scenario.orders.length === 0) return this.order.replaceChildren(h("p", {}, t("months.noorder")));
    const options: [string, string][] = [["", t("order.scenario")], ...scenario.orders.map(({ rule }) => [rule, t(`order.${rule}`)] as [string, string])];
    const select = choose({ id: "waves-order", label: t("months.rule"), value: chosen?.rule ?? "", onChoice: (rule) => this.reorder(rule) }, options);
    const codes = (chosen?.settings ?? []).map((text) => h("code", {}, text));
    replaceControls(this.order, select, ...codes);
  }

  private reorder(rule: string): void {
    const order = this.of.scenario.orders.find((one) => one.rule === rule), others = this.of.settings().filter((setting) => !isOrdering(setting));
    this.of.onSettings(order ? [...settingsOf(order), ...others] : others);
  }

  // ---- A lever

  private resetButton(name: string, onclick: () => void): HTMLElement {
    return h("button", { type: "button", class: "back", "aria-label": `${t("action.reset")}: ${name}`, onclick }, t("action.reset"));
  }

  private card(lever: Lever): Card {
    const names = TOGETHER[lever.name] ?? [lever.name], title = lever.name === "mandate" ? t("months.mandate") : t(`lever.${lever.name}`);
    const state = h("span", { class: "state" }), body = h("div", { class: "form" }), codes = h("p", { class: "codes" });
    const reset = this.resetButton(title, () => this.of.onSettings(this.of.settings().filter(({ address }) => !names.includes(nameIn(address)))));
    const about = this.about(lever);
    const element: HTMLDetailsElement = h("details", { class: "lever", id: `lever-${lever.name}`, ontoggle: () => element.open && card.draw() }, h("summary", {}, h("span", { class: "name" }, title), state), body, codes, reset, ...about);
    const draw = () => {
      const own = this.of.settings().filter(({ address }) => names.includes(nameIn(address)));
      card.shown = own.map(settingText).join();
      codes.replaceChildren(...own.map((setting) => h("code", {}, settingText(setting))));
      replaceControls(body, ...(FORMS[lever.name] ?? spansForm)(this.of, lever));
    };
    const card: Card = { names, element, draw, state, reset, shown: "" };
    return card;
  }

  // Its meaning, unit, range and course in the scenario, and what its effect rests on.
  private about(lever: Lever): Node[] {
    const { model } = this.of.scenario, course = this.of.places.courses[model.levers.indexOf(lever)];
    const low = Math.min(...course), high = Math.max(...course), unit = lever.unit === "1" ? t("unit.share") : t(`unit.${lever.unit}`);
    const value = Number.isFinite(high) ? (low === high ? significant(low, 3) : `${significant(low, 3)}–${significant(high, 3)}`) : t("levers.unlimited");
    const range = lever.unlimited ? t("levers.unlimited") : t("levers.range", { low: significant(Number(lever.low), 3), high: significant(Number(lever.high), 4), unit: "" });
    const facts = h("p", {}, t(`lever.${lever.name}.about`), ` · ${unit} · ${range} · ${t("months.inscenario", { value })}`);
    const rests = (EFFECTS[lever.name] ?? []).map((name) => model.parameters.find((one) => one.name === name)).filter((one) => one !== undefined);
    if (rests.length === 0) return [facts];
    return [facts, h("p", {}, t("months.rests")), h("ul", { class: "rests" }, ...rests.map((parameter) => this.rest(parameter)))];
  }

  private rest(parameter: Parameter): HTMLElement {
    const source = parameter.source === "" ? [] : [" · ", h("span", { lang: "en", class: "source" }, parameter.source)];
    return h("li", {}, t(`parameter.${parameter.name}`), " · ", h("span", { class: "evidence" }, t(`evidence.${parameter.evidence}`)), ...source);
  }
}
