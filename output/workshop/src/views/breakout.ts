// Break-outs: groups rank six obstacles; the page gathers the ranks and says what the lever that answers each does.
import { h } from "../dom";
import type { Bands, Ensemble } from "../engine/ensemble";
import { monthName, nameOf, number, t } from "../language";
import { answered, answerOf, groupsOf, MOST_GROUPS, OBSTACLES, ranked, type Ranked, rankingOf } from "../obstacles";
import type { Model } from "../scenario";
import { nameIn, settingText } from "../settings";
import type { State } from "../state";
import { replaceControls } from "./monthfields";
import type { Shown } from "./panel";
import { part } from "./part";
import type { RoomActions } from "./room";

const keyOf = ({ settings, seed, replicates }: State) => JSON.stringify([settings, seed, replicates]);

// Points of a hundred, with their sign.
function points(value: number): string {
  const rounded = Math.round(100 * value), sign = rounded > 0 ? "+" : rounded < 0 ? "−" : "";
  return `${sign}${number(Math.abs(rounded))}`;
}

export class Breakout {
  readonly element: HTMLElement;
  private readonly obstacles: string[];
  private readonly input = h("input", { type: "text", id: "ranking", inputmode: "numeric", maxlength: 11, autocomplete: "off" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly board = h("div", { class: "ranks" });
  private readonly groups = h("ul", { class: "chips", "aria-label": t("breakout.groups") });
  private readonly effects = new Map<string, Bands>();
  private asked = ""; // of which settings the effects are
  private base: Ensemble | null = null; // what they are compared with
  private last: Shown | null = null;

  constructor(model: Model, private readonly actions: RoomActions) {
    const knows = (obstacle: string) => answerOf(obstacle, []).every(({ address }) => address === "resourcing" || model.levers.some(({ name }) => name === address));
    this.obstacles = OBSTACLES.filter(knows);
    const chips = OBSTACLES.map((obstacle, k) => h("button", { type: "button", class: "obstacle", id: `obstacle-${k + 1}`, onclick: () => this.pick(k + 1) }, h("b", {}, String(k + 1)), ` ${t(`obstacle.${obstacle}`)}`));
    const add = h("button", { type: "submit", class: "enter" }, t("breakout.add"));
    const form = h("form", { class: "asked", onsubmit: (event) => this.enter(event) }, h("label", { for: "ranking" }, t("breakout.ranking")), this.input, add);
    this.element = part("breakout", h("p", { class: "said" }, t("breakout.about")), h("div", { class: "obstacles" }, ...chips), h("div", { class: "given" }, form, this.groups), this.problem, this.board);
  }

  mark(state: State): void {
    if (this.asked !== keyOf(state)) {
      this.asked = "";
      this.effects.clear();
    }
    const groups = groupsOf(state.ranks);
    this.element.classList.toggle("filled", groups.length > 0);
    this.groups.replaceChildren(...groups.map((ranking, k) => this.group(ranking, k, groups)));
    this.write(state);
  }

  // Only in view: six more settings are run for it.
  show(shown: Shown): void {
    const { state, ensemble } = shown, isWhole = ensemble.num === ensemble.wanted && ensemble.settings === state.settings;
    this.last = shown;
    if (isWhole && this.element.offsetParent !== null && this.base !== ensemble) this.ask(state, ensemble);
    this.write(state);
  }

  private ask(state: State, base: Ensemble): void {
    this.asked = keyOf(state);
    this.base = base;
    this.effects.clear();
    this.actions.ask(this.obstacles.map((obstacle) => answered(obstacle, state.settings)), (k, ensemble) => {
      this.effects.set(this.obstacles[k], ensemble.difference(base, "functioning").bands);
      this.write(this.actions.state());
    });
  }

  // Pressed one after the other they write a ranking.
  private pick(number: number): void {
    const sign = String(number), now = this.input.value.replace(/[^0-9]/g, "");
    this.input.value = now.includes(sign) ? now.replace(sign, "") : now + sign;
    this.markPicked();
  }

  private markPicked(): void {
    for (const [k, button] of this.element.querySelectorAll(".obstacle").entries()) button.setAttribute("aria-pressed", String(this.input.value.includes(String(k + 1))));
  }

  private enter(event: Event): void {
    event.preventDefault();
    const ranking = rankingOf(this.input.value), groups = groupsOf(this.actions.state().ranks);
    this.problem.textContent = ranking ? "" : t("breakout.wrong");
    if (!ranking || groups.length === MOST_GROUPS) return;
    this.input.value = "";
    this.markPicked();
    this.actions.change({ ranks: [...groups, ranking].join(".") });
  }

  private group(ranking: string, k: number, groups: string[]): HTMLElement {
    const name = t("breakout.group", { number: k + 1 }), without = () => this.actions.change({ ranks: groups.filter((_, other) => other !== k).join(".") });
    return h("li", { title: name }, `${k + 1}: ${ranking}`, h("button", { type: "button", "aria-label": `${t("months.remove")}: ${name}`, onclick: without }, "×"));
  }

  private write(state: State): void {
    const groups = groupsOf(state.ranks), { start } = this.last?.ensemble.scenario ?? { start: 0 }, k = Math.max(1, state.month) - 1;
    const heads = [t("breakout.obstacle"), t("breakout.rank"), t("breakout.lever"), this.last ? t("breakout.effect", { month: monthName(start + k, "short") }) : ""];
    const rows = ranked(groups).map((one) => this.row(one, groups.length, state, k));
    replaceControls(this.board, h("table", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)), h("td", {})), ...rows));
  }

  private row({ obstacle, mean, first, last }: Ranked, num: number, state: State, k: number): HTMLElement {
    const settings = answerOf(obstacle, state.settings), names = settings.map(({ address }) => nameOf(nameIn(address))).join(", ");
    const rank = num === 0 ? "–" : t("breakout.mean", { mean: number(mean, 1), first: number(first), last: number(last) });
    const use = h("button", { type: "button", id: `try-${obstacle}`, "aria-label": `${t("breakout.try")}: ${names}`, onclick: () => this.actions.onSettings(answered(obstacle, this.actions.state().settings)) }, t("breakout.try"));
    const lever = h("td", { class: "lever-of" }, `${names} `, ...settings.map((setting) => h("code", {}, settingText(setting))));
    return h("tr", { class: `obstacle-${obstacle}` }, h("th", { scope: "row" }, t(`obstacle.${obstacle}`)), h("td", { class: "rank" }, h("span", {}, rank), this.scale(first, last, mean, num)), lever, h("td", { class: "effect" }, this.effect(obstacle, k)), h("td", {}, use));
  }

  // From the best to the worst rank, with the mean.
  private scale(first: number, last: number, mean: number, num: number): HTMLElement {
    const at = (rank: number) => (100 * (rank - 1)) / (OBSTACLES.length - 1);
    const marks = num === 0 ? [] : [h("i", { class: "reach", style: `left:${at(first)}%;right:${100 - at(last)}%` }), h("i", { class: "mean", style: `left:${at(mean)}%` })];
    return h("span", { class: "scale", "aria-hidden": "true" }, ...marks);
  }

  private effect(obstacle: string, k: number): string {
    const bands = this.effects.get(obstacle);
    if (!bands) return "…";
    const value = t("compare.points", { number: points(bands.median[k]) });
    return t("breakout.band", { value, range: `${points(bands.low[k])} – ${points(bands.high[k])}` });
  }
}
