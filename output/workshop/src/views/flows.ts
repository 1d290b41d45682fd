// What moves between the tiers, asked for and delivered; what it costs; and what it does to leaders.
import { bandChart, extent, roundUp, type Series } from "../bands";
import { ADOPTED, FUNCTIONING, GAP } from "../colours";
import { h } from "../dom";
import type { Bands, Ensemble } from "../engine/ensemble";
import { number, percent, t } from "../language";
import { seriesCsv, seriesTable } from "../table";
import { Figure } from "./figure";
import type { Panel, Shown } from "./panel";

interface Flow {
  name: string;
  measures: string[];
  isShare?: boolean;
  per?: string; // a share that the measure is divided by
}

const FLOWS: Flow[] = [
  { name: "events", measures: ["events_asked", "events_delivered"] },
  { name: "reports", measures: ["reports_sent", "reports_replied", "reports_unanswered"] },
  { name: "support", measures: ["support_asked", "support_delivered"] },
  { name: "money", measures: ["grants_asked", "grants_awarded"] },
  { name: "cost", measures: ["cost_per_functioning"], per: "functioning" },
  { name: "leaders", measures: ["role", "trust"], isShare: true },
];
const COLOURS = [ADOPTED, FUNCTIONING, GAP];
// What is divided by a handful of places is so large that nothing else would be seen beside it: tables have it, the
// picture does not.
const LEAST = 0.02;

function from(bands: Bands, share: Float64Array | undefined): Bands {
  const kept = (values: Float64Array) => values.map((value, k) => (share && share[k] < LEAST ? NaN : value));
  return { median: kept(bands.median), low: kept(bands.low), high: kept(bands.high) };
}

export class FlowsPanel implements Panel {
  readonly element: HTMLElement;
  readonly figures: Figure[];
  private readonly flows: Flow[];
  private readonly said = h("p", { class: "said" });

  constructor(measures: string[]) {
    this.flows = FLOWS.filter((flow) => flow.measures.every((name) => measures.includes(name)));
    this.figures = this.flows.map(({ name }) => new Figure(name, t(`flow.${name}`)));
    this.element = h("section", { class: "flows", "aria-label": t("view.flows") }, this.said, h("div", { class: "grid" }, ...this.figures.map(({ element }) => element)));
  }

  show({ ensemble, state }: Shown): void {
    this.flows.forEach((flow, k) => this.draw(flow, this.figures[k], ensemble, state.month));
    this.tell(ensemble, Math.max(1, state.month) - 1);
  }

  private draw({ name, measures, isShare, per }: Flow, figure: Figure, ensemble: Ensemble, month: number): void {
    const { start } = ensemble.scenario, share = per === undefined ? undefined : ensemble.bands(per).median;
    const series: Series[] = measures.map((measure, k) => ({ name: t(`measure.${measure}`), colour: COLOURS[k], bands: ensemble.bands(measure), dashed: k === 0 && measures.length > 1 && !isShare }));
    const drawn = series.map((one) => ({ ...one, bands: from(one.bands, share) }));
    const high = isShare ? 1 : roundUp(extent(drawn)[1]), write = isShare ? percent : (value: number) => number(value, high < 4 ? 1 : 0);
    figure.show({
      draw: (width, height) => bandChart({ series: drawn, start, low: 0, high, write, month }, width, height),
      table: () => seriesTable(series, start, write),
      csv: () => seriesCsv(series, start),
      summary: t(`flow.${name}.about`),
    });
  }

  // Before and after, in a sentence.
  private tell(ensemble: Ensemble, k: number): void {
    if (!ensemble.has("role") || !ensemble.has("trust")) return;
    const role = ensemble.bands("role").median, trust = ensemble.bands("trust").median;
    this.said.textContent = t("flow.said", { before: percent(role[0]), after: percent(role[k]), trust: percent(trust[0]), later: percent(trust[k]) });
  }
}
