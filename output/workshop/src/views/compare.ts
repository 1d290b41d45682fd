// Two lever settings on the same random numbers: both courses, and what one has more than the other.
import { bandChart, extent, roundUp, type Series } from "../bands";
import { ADOPTED, FUNCTIONING, GAP } from "../colours";
import { h } from "../dom";
import type { Bands, Ensemble } from "../engine/ensemble";
import { monthName, number, percent, t } from "../language";
import { seriesCsv, seriesTable } from "../table";
import { Figure } from "./figure";
import type { Panel, Shown } from "./panel";

const MEASURES = ["functioning", "adopted", "paper_plan_gap", "trust", "role", "cost_so_far"];
const COLOURS: Record<string, string> = { functioning: FUNCTIONING, adopted: ADOPTED };

export interface CompareActions {
  onPin: () => void;
  onUnpin: () => void;
}

export class ComparePanel implements Panel {
  readonly element: HTMLElement;
  readonly figures: Figure[];
  private readonly both = new Figure("compare", t("compare.both"));
  private readonly more = new Figure("difference", t("compare.difference"));
  private readonly select: HTMLSelectElement;
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly unpin: HTMLButtonElement;
  private last: Shown | null = null;

  constructor(measures: string[], actions: CompareActions) {
    const options = MEASURES.filter((name) => measures.includes(name)).map((name) => h("option", { value: name }, t(`measure.${name}`)));
    this.select = h("select", { "aria-label": t("compare.measure"), onchange: () => this.last && this.show(this.last) }, ...options);
    const pin = h("button", { type: "button", class: "pin", onclick: actions.onPin }, t("compare.pin"));
    this.unpin = h("button", { type: "button", class: "unpin", onclick: actions.onUnpin }, t("compare.unpin"));
    this.figures = [this.both, this.more];
    this.element = h("section", { class: "compare", "aria-label": t("view.compare") }, h("div", { class: "title" }, this.select, pin, this.unpin), this.said, h("div", { class: "pair" }, this.both.element, this.more.element));
  }

  show(shown: Shown): void {
    this.last = shown;
    this.unpin.disabled = shown.state.pinned.length === 0;
    const { ensemble, reference } = shown;
    if (!reference || reference.num !== ensemble.num) {
      this.said.textContent = t("compare.wait");
      return;
    }
    this.showBoth(ensemble, reference);
    this.showDifference(ensemble.differenceBands(reference, this.select.value));
  }

  private get isShare(): boolean {
    return this.select.value !== "cost_so_far";
  }

  private showBoth(now: Ensemble, base: Ensemble): void {
    const measure = this.select.value, { state } = this.last!;
    const a = t(state.pinned.length === 0 ? "compare.loaded" : "compare.pinned"), b = t("compare.now");
    const series: Series[] = [
      { name: a, colour: GAP, bands: base.bands(measure), dashed: true },
      { name: b, colour: COLOURS[measure] ?? FUNCTIONING, bands: now.bands(measure) },
    ];
    const { start } = now.scenario, write = this.isShare ? percent : (value: number) => number(value), high = this.isShare ? 1 : roundUp(extent(series)[1]);
    this.both.show({
      draw: (width, height) => bandChart({ series, start, low: 0, high, write, month: state.month }, width, height),
      table: () => seriesTable(series, start, write),
      csv: () => seriesCsv(series, start),
      summary: t("compare.both"),
    });
  }

  private showDifference(bands: Bands): void {
    const { state, ensemble } = this.last!, { start } = ensemble.scenario, series = [{ name: t("compare.more"), colour: COLOURS[this.select.value] ?? FUNCTIONING, bands }];
    const [low, high] = extent(series), most = roundUp(Math.max(-low, high, this.isShare ? 0.05 : 0)), write = (value: number) => this.signed(value);
    const k = Math.max(1, state.month) - 1, range = `${write(bands.low[k])} – ${write(bands.high[k])}`;
    this.said.textContent = t("compare.said", { month: monthName(start + k), value: write(bands.median[k]), range });
    this.more.show({
      draw: (width, height) => bandChart({ series, start, low: -most, high: most, write, month: state.month }, width, height),
      table: () => seriesTable(series, start, write),
      csv: () => seriesCsv(series, start),
      summary: this.said.textContent,
    });
  }

  // Shares differ by points of a hundred.
  private signed(value: number): string {
    const shown = Math.round(this.isShare ? 100 * value : value), text = number(Math.abs(shown));
    const sign = shown > 0 ? "+" : shown < 0 ? "−" : "";
    return this.isShare ? t("compare.points", { number: `${sign}${text}` }) : `${sign}${text}`;
  }
}
