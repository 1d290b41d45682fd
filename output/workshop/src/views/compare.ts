// Two lever settings, or two scenarios, on the same random numbers: both courses, and what one has more than
// the other where they have the same places.
import { bandChart, extent, roundUp, type Series } from "../bands";
import { ADOPTED, FUNCTIONING, GAP } from "../colours";
import { ChoiceList, type OnChoice } from "../choices";
import { h } from "../dom";
import type { Bands, Difference, Ensemble } from "../engine/ensemble";
import { monthName, number, percent, percentRange, t } from "../language";
import { type Part, partsOf } from "../parts";
import { isOrdering } from "../orders";
import type { Contents } from "../scenario";
import { type Cell, csvOf, dateOf, seriesCsv, seriesTable } from "../table";
import { Figure } from "./figure";
import type { Panel, Shown } from "./panel";

const MEASURES = ["functioning", "adopted", "paper_plan_gap", "trust", "role", "cost_so_far"];
const COLOURS: Record<string, string> = { functioning: FUNCTIONING, adopted: ADOPTED };
const OWN = "";

export interface CompareActions {
  onPin: () => void;
  onAgainst: (scenario: number | null) => void;
  onChoice: OnChoice;
}

// As many months as the longer one has.
function lengthened(bands: Bands, months: number): Bands {
  const longer = (values: Float64Array) => Float64Array.from({ length: months }, (_, k) => values[k] ?? NaN);
  return { median: longer(bands.median), low: longer(bands.low), high: longer(bands.high) };
}

export class ComparePanel implements Panel {
  readonly element: HTMLElement;
  readonly figures: Figure[];
  private readonly both = new Figure("compare", t("compare.both"));
  private readonly more = new Figure("difference", t("compare.difference"));
  private readonly measure: ChoiceList;
  private readonly against: HTMLSelectElement;
  private readonly where: ChoiceList;
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly note = h("p", { class: "note" });
  private readonly unpin: HTMLButtonElement;
  private parts: Part[] = [];
  private partsBetween: unknown[] = [];
  private last: Shown | null = null;

  constructor(private readonly contents: Contents, private readonly chosen: number, actions: CompareActions) {
    const { model } = contents.scenarios[chosen], measures = MEASURES.filter((name) => model.measures.some((row) => row.name === name));
    this.measure = new ChoiceList("measure", t("compare.measure"), measures.map((name) => [name, t(`measure.${name}`)]), actions.onChoice);
    this.where = new ChoiceList("where", t("compare.where"), [], actions.onChoice);
    this.where.element.hidden = true;
    this.against = h("select", { class: "against", "aria-label": t("compare.against"), onchange: () => actions.onAgainst(this.against.value === OWN ? null : Number(this.against.value)) }, ...this.others());
    this.against.hidden = this.against.options.length < 2;
    const pin = h("button", { type: "button", class: "pin", onclick: actions.onPin }, t("compare.pin"));
    this.unpin = h("button", { type: "button", class: "unpin", onclick: () => actions.onAgainst(null) }, t("compare.unpin"));
    this.figures = [this.both, this.more];
    this.element = h("section", { class: "compare", "aria-label": t("view.compare") }, h("div", { class: "title" }, this.measure.element, this.against, this.where.element, pin, this.unpin), this.said, this.note, h("div", { class: "pair" }, this.both.element, this.more.element));
  }

  show(shown: Shown): void {
    this.last = shown;
    const { ensemble, reference, state } = shown;
    this.measure.show(state.choices);
    this.unpin.disabled = state.pinned.length === 0 && state.against === null;
    this.against.value = state.against === null ? OWN : String(state.against);
    if (!reference || reference.num !== ensemble.num) {
      this.said.textContent = t("compare.wait");
      return;
    }
    this.findParts(ensemble, reference);
    this.where.show(state.choices);
    const part = this.part;
    this.note.textContent = this.noteOn(ensemble, reference);
    this.showBoth(ensemble, reference, part);
    this.more.element.hidden = part === null;
    if (part) this.showDifference(ensemble.difference(reference, this.measure.value, part.now, part.base), part);
    else this.tellApart(ensemble, reference);
  }

  // Scenarios of another model have other measures.
  private others(): HTMLElement[] {
    const { scenarios } = this.contents, own = scenarios[this.chosen], made = [h("option", { value: OWN }, t("compare.own"))];
    scenarios.forEach(({ title, name, model }, k) => {
      if (k !== this.chosen && model.name === own.model.name) made.push(h("option", { value: String(k) }, t("compare.other", { name: title || name })));
    });
    return made;
  }

  private findParts(now: Ensemble, base: Ensemble): void {
    if (this.partsBetween[0] === now.places && this.partsBetween[1] === base.places) return;
    this.partsBetween = [now.places, base.places];
    this.parts = partsOf(now.places, base.places);
    this.where.fill(this.parts.map(({ name }) => [name, name || t("compare.everywhere")]));
    this.where.element.hidden = this.parts.length < 2;
  }

  private get part(): Part | null {
    return this.parts[this.where.element.selectedIndex] ?? null;
  }

  // In what they differ beside their levers.
  private noteOn(now: Ensemble, base: Ensemble): string {
    const { part } = this, said: string[] = [];
    if (!part) said.push(t("compare.apart"));
    else if (part.name !== "" && now.scenario !== base.scenario && this.where.element.hidden) said.push(t("compare.part", { name: part.name }));
    if (now.scenario.start !== base.scenario.start) said.push(t("compare.starts", { a: monthName(base.scenario.start), b: monthName(now.scenario.start) }));
    if (now.scenario.months !== base.scenario.months) said.push(t("compare.months", { number: number(Math.min(now.scenario.months, base.scenario.months)) }));
    return said.join(" ");
  }

  private get isShare(): boolean {
    return this.measure.value !== "cost_so_far";
  }

  private nameOfA(): string {
    const { state } = this.last!, other = state.against === null ? null : this.contents.scenarios[state.against];
    const own = t(state.pinned.length === 0 ? "compare.loaded" : "compare.pinned"), isOrdered = state.settings.some(isOrdering);
    return other ? t("compare.a", { name: other.name }) : isOrdered ? t("compare.ordered", { name: own }) : own;
  }

  private showBoth(now: Ensemble, base: Ensemble, part: Part | null): void {
    const measure = this.measure.value, { state } = this.last!, months = Math.max(now.scenario.months, base.scenario.months);
    const series: Series[] = [
      { name: this.nameOfA(), colour: GAP, bands: lengthened(base.bands(measure, part?.base), months), dashed: true },
      { name: t("compare.now"), colour: COLOURS[measure] ?? FUNCTIONING, bands: lengthened(now.bands(measure, part?.now), months) },
    ];
    const { start } = now.scenario, write = this.isShare ? percent : (value: number) => number(value), high = this.isShare ? 1 : roundUp(extent(series)[1]);
    this.both.show({
      draw: (width, height) => bandChart({ series, start, low: 0, high, write, month: state.month }, width, height),
      table: () => seriesTable(series, start, write),
      csv: () => seriesCsv(series, start),
      summary: t("compare.both"),
    });
  }

  private showDifference({ bands, mean, error }: Difference, part: Part): void {
    const { state, ensemble } = this.last!, { start } = ensemble.scenario, series = [{ name: t("compare.more"), colour: COLOURS[this.measure.value] ?? FUNCTIONING, bands }];
    const [low, high] = extent(series), most = roundUp(Math.max(-low, high, this.isShare ? 0.05 : 0)), write = (value: number) => this.signed(value);
    const k = Math.min(Math.max(1, state.month), bands.median.length) - 1, range = `${write(bands.low[k])} – ${write(bands.high[k])}`;
    const said = t("compare.said", { month: monthName(start + k), value: write(bands.median[k]), range });
    this.said.textContent = part.name === "" || this.where.element.hidden ? said : t("compare.in", { name: part.name, said });
    this.more.show({
      draw: (width, height) => bandChart({ series, start, low: -most, high: most, write, month: state.month }, width, height),
      table: () => seriesTable(series, start, write),
      csv: () => csvOf([["month", "date", "B - A (P50)", "B - A (P5)", "B - A (P95)", "B - A (mean)", "mcse", "n"], ...Array.from(mean, (_, m): Cell[] => [m + 1, dateOf(start + m), bands.median[m], bands.low[m], bands.high[m], mean[m], error[m], ensemble.num])]),
      summary: said,
    });
  }

  // Both by themselves, where there is no difference to tell.
  private tellApart(now: Ensemble, base: Ensemble): void {
    const measure = this.measure.value, at = (ensemble: Ensemble) => {
      const { median, low, high } = ensemble.bands(measure), k = Math.min(Math.max(1, this.last!.state.month), median.length) - 1;
      const [value, range] = this.isShare ? [percent(median[k]), percentRange(low[k], high[k])] : [number(median[k]), `${number(low[k])}–${number(high[k])}`];
      return t("compare.alone", { value, range, month: monthName(ensemble.scenario.start + k) });
    };
    this.said.textContent = t("compare.each", { a: this.nameOfA(), one: at(base), b: t("compare.now"), other: at(now) });
  }

  // Shares differ by points of a hundred.
  private signed(value: number): string {
    const shown = Math.round(this.isShare ? 100 * value : value), text = number(Math.abs(shown));
    const sign = shown > 0 ? "+" : shown < 0 ? "−" : "";
    return this.isShare ? t("compare.points", { number: `${sign}${text}` }) : `${sign}${text}`;
  }
}
