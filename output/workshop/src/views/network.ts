// The network of tiers: what is asked for, delivered, reported and answered between them, in the month of the
// slider or since the start.
import { ChoiceList, type Choices, type OnChoice } from "../choices";
import { h } from "../dom";
import type { Ensemble } from "../engine/ensemble";
import type { Places } from "../engine/module";
import { monthName, number, percent, t, tierName } from "../language";
import type { Scenario } from "../scenario";
import { type Cell, csvOf, dateOf } from "../table";
import { type Amounts, type Pool, type Tier, TierFlows, tiersOf } from "../tierflows";
import { Figure } from "./figure";
import { type Arrow, type Box, drawNetwork, type Network } from "./networkdrawing";
import type { Panel, Shown } from "./panel";

const EVENTS = ["briefing", "meeting", "dialogue", "training"];
const DOWN: Record<string, string[]> = { events: EVENTS, drafting_support: ["drafting_support"], grant: ["grant"] };
const ACROSS = ["peer_exchange", "regional_exchange"];
const POOLED = [...EVENTS, "drafting_support", ...ACROSS];

// What can be said of an arrow.
interface Said {
  of: string;
  short: string;
  share: string;
  sent: string;
  number: string;
}

// In the table: the share of what was asked for, where something was.
const shareOf = (done: number, all: number) => (all > 0 ? percent(Math.min(1, done / all)) : "–");
const count = (value: number) => number(value, value < 10 && Math.abs(value - Math.round(value)) > 0.05 ? 1 : 0);

export class NetworkPanel implements Panel {
  readonly element: HTMLElement;
  readonly figures: Figure[];
  private readonly flow: ChoiceList;
  private readonly period: ChoiceList;
  private readonly country: ChoiceList;
  private readonly figure: Figure;
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly kinds: string[];
  private tiers: Tier[];
  private tiersIn = -1; // the country of them, or all
  private flows: TierFlows | null = null;

  constructor(private readonly scenario: Scenario, private readonly places: Places, onChoice: OnChoice) {
    this.kinds = scenario.model.flows.map(({ kind }) => kind);
    const named = (names: string[]) => names.map((name) => [name, t(`network.${name}`)] as [string, string]), countries = places.countries.map((name) => [name, name] as [string, string]);
    this.flow = new ChoiceList("flow", t("network.what"), named(Object.keys(DOWN).filter((name) => DOWN[name].every((kind) => this.kinds.includes(kind)))), onChoice);
    this.period = new ChoiceList("period", t("network.period"), named(["month", "total"]), onChoice);
    this.country = new ChoiceList("country", t("network.country"), [["", t("network.all")], ...countries], onChoice);
    this.country.element.hidden = places.countries.length < 2;
    this.tiers = tiersOf(places, -1);
    this.figure = new Figure("network", t("network.title"), this.flow.element, this.period.element, this.country.element);
    this.figures = this.flow.element.options.length > 0 ? [this.figure] : [];
    this.element = h("section", { class: "network", "aria-label": t("view.network") }, this.said, this.figure.element, h("p", { class: "about" }, t("network.about")));
  }

  show(shown: Shown): void {
    if (this.figures.length === 0) return;
    this.choose(shown.state.choices);
    if (!this.flows?.isOf(shown.ensemble)) this.flows = new TierFlows(shown.ensemble);
    const flows = this.flows, at = Math.max(1, shown.state.month) - 1;
    this.figure.show({
      draw: (width, height) => drawNetwork(this.network(flows, at), width, height),
      table: () => this.table(flows, shown.ensemble, at),
      csv: () => this.csv(flows, shown.ensemble),
      summary: this.tell(flows, at),
      paper: [860, 480],
    });
  }

  private choose(choices: Choices): void {
    for (const list of [this.flow, this.period, this.country]) list.show(choices);
    const country = this.places.countries.indexOf(this.country.value);
    if (country !== this.tiersIn) this.tiers = tiersOf(this.places, country);
    this.tiersIn = country;
  }

  private get soFar(): boolean {
    return this.period.value === "total";
  }

  private down(flows: TierFlows, tier: Tier, pool: Pool): Amounts {
    const kinds = DOWN[this.flow.value], pooled = kinds.every((kind) => POOLED.includes(kind));
    return flows.amounts(tier, kinds, pooled ? pool : "all", this.soFar);
  }

  // What the tier above delivers, or the national level where it is that; the direct channel where both do.
  private parts(flows: TierFlows, tier: Tier): { line: Amounts; direct: Amounts | null } {
    const isPooled = DOWN[this.flow.value].every((kind) => POOLED.includes(kind));
    if (tier.above < 0 || !isPooled) return { line: this.down(flows, tier, "all"), direct: null };
    return { line: this.down(flows, tier, "parent"), direct: this.down(flows, tier, "national") };
  }

  // Each of the texts is what is said where there is room, from much of it to little.
  private arrow({ asked, delivered }: Amounts, at: number, texts: (said: Said) => string[][]): Arrow {
    const all = asked.mean[at] || 0, done = delivered.mean[at] || 0, values = { done: count(done), all: count(all) };
    const said: Said = { of: t("network.of", values), short: t("network.short", values), share: shareOf(done, all), sent: t("network.sent", { number: values.all }), number: t("network.number", values) };
    return { all, done, texts: all > 0 ? texts(said) : [], direct: said.short };
  }

  private replies(flows: TierFlows, tier: Tier): Amounts {
    return flows.amounts(tier, ["reply"], "all", this.soFar);
  }

  private box(flows: TierFlows, tier: Tier, at: number): Box {
    const { line, direct } = this.parts(flows, tier), across = flows.amounts(tier, ACROSS, "all", this.soFar), exchanges = t("network.exchanges");
    const served = ({ of, short, share }: Said) => [[of, share], [short, share], [`${short} · ${share}`], [short]];
    const answered = ({ sent, share, number: alone }: Said) => [[sent, t("network.share", { share })], [sent], [alone]];
    const hasDirect = direct !== null && direct.asked.mean[at] > 0, hasAcross = across.asked.mean[at] > 0;
    return {
      name: tierName(tier.name),
      about: t("network.places", { number: number(tier.places) }),
      level: tier.level,
      above: tier.above,
      down: this.arrow(line, at, served),
      direct: hasDirect ? this.arrow(direct, at, served) : null,
      up: this.arrow(this.replies(flows, tier), at, answered),
      across: hasAcross ? this.arrow(across, at, ({ of, short }) => [[exchanges, of], [exchanges, short], [short]]) : null,
    };
  }

  // Arrows keep their scale through the months, so that growth is seen.
  private network(flows: TierFlows, at: number): Network {
    const most = (amounts: Amounts[]) => Math.max(1e-9, ...amounts.flatMap(({ asked }) => [...asked.mean].filter(Number.isFinite)));
    const parts = this.tiers.flatMap((tier) => Object.values(this.parts(flows, tier)).filter((part) => part !== null));
    const names = Object.fromEntries(["down", "done", "up", "answered", "direct", "across"].map((name) => [name, t(`network.${name}`)])) as Network["names"];
    return {
      national: t("network.national"),
      boxes: this.tiers.map((tier) => this.box(flows, tier, at)),
      mostDown: most(parts),
      mostUp: most(this.tiers.map((tier) => this.replies(flows, tier))),
      names,
    };
  }

  private tell(flows: TierFlows, at: number): string {
    const sum = (amounts: Amounts[], part: keyof Amounts) => amounts.reduce((all, one) => all + (one[part].mean[at] || 0), 0);
    const down = this.tiers.map((tier) => this.down(flows, tier, "all")), up = this.tiers.map((tier) => this.replies(flows, tier));
    const asked = sum(down, "asked"), done = sum(down, "delivered"), sent = sum(up, "asked"), replied = sum(up, "delivered");
    const values = { asked: count(asked), done: count(done), share: shareOf(done, asked), sent: count(sent), replied: count(replied), unanswered: count(sent - replied), what: t(`network.${this.flow.value}`) };
    const when = monthName(this.scenario.start + at);
    this.said.textContent = this.soFar ? t("network.said.total", { ...values, month: when }) : t("network.said.month", { ...values, month: when });
    return this.said.textContent;
  }

  // Every flow of every tier, and whose facilitators it asked.
  private each<T>(make: (tier: Tier, kind: string, pool: Pool) => T): T[] {
    return this.tiers.flatMap((tier) => this.kinds.flatMap((kind) => (POOLED.includes(kind) ? (["all", "national", "parent"] as Pool[]) : (["all"] as Pool[])).map((pool) => make(tier, kind, pool))));
  }

  private table(flows: TierFlows, ensemble: Ensemble, at: number): HTMLTableElement {
    const cell = (value: number, error: number) => h("td", {}, Number.isFinite(value) ? (error > 0 ? t("network.error", { value: count(value), error: number(error, error < 10 ? 1 : 0) }) : count(value)) : "–");
    const head = ["tier", "kind", "pool", "asked", "delivered", "share"].map((key) => h("th", { scope: "col" }, t(`network.column.${key}`)));
    const rows = this.each((tier, kind, pool) => {
      const { asked, delivered } = flows.amounts(tier, [kind], pool, this.soFar);
      const cells = [cell(asked.mean[at], asked.error[at]), cell(delivered.mean[at], delivered.error[at]), h("td", {}, shareOf(delivered.mean[at], asked.mean[at]))];
      return h("tr", {}, h("th", { scope: "row" }, tierName(tier.name)), h("td", {}, t(`network.kind.${kind}`)), h("td", {}, t(`network.pool.${pool}`)), ...cells);
    });
    return h("table", {}, h("caption", {}, t("network.means", { number: number(ensemble.num) })), h("tr", {}, ...head), ...rows);
  }

  // As flows.csv has it, and the sums since the first month beside it.
  private csv(flows: TierFlows, ensemble: Ensemble): string {
    const names = ["month", "date", "tier", "direction", "kind", "pool", "asked", "asked_mcse", "delivered", "delivered_mcse", "asked_so_far", "delivered_so_far", "n"];
    const rows = this.each((tier, kind, pool) => {
      const { asked, delivered } = flows.amounts(tier, [kind], pool, false), sum = flows.amounts(tier, [kind], pool, true);
      const { direction } = this.scenario.model.flows.find((one) => one.kind === kind)!;
      return Array.from(asked.mean, (_, k): Cell[] => [k + 1, dateOf(this.scenario.start + k), tier.name, direction, kind, pool, asked.mean[k], asked.error[k], delivered.mean[k], delivered.error[k], sum.asked.mean[k], sum.delivered.mean[k], ensemble.num]);
    });
    return csvOf([names, ...rows.flat()]);
  }
}
