// The first view: how the plan spreads over time, and where.
import { bandChart, type Series } from "../bands";
import { ADOPTED, FUNCTIONING } from "../colours";
import { percent, t } from "../language";
import type { Scenario } from "../scenario";
import { stageChoices } from "../stages";
import { seriesCsv, seriesTable } from "../table";
import { CurvesView } from "./curves";
import { Figure } from "./figure";
import { MapView } from "./map";
import type { Panel, Shown } from "./panel";

export class SpreadPanel implements Panel {
  readonly element: HTMLElement;
  readonly curves = new CurvesView();
  readonly map: MapView;
  readonly figures: Figure[];
  private readonly figure = new Figure("spread", t("chart.title")); // to be taken home

  constructor(scenario: Scenario, onStage: (stage: string) => void) {
    this.map = new MapView(onStage, stageChoices(scenario.model));
    this.element = this.curves.element;
    this.figures = [this.figure, this.map.figure];
  }

  private ensemble: unknown = null;

  show(shown: Shown): void {
    const { ensemble, state } = shown;
    if (this.ensemble !== ensemble || ensemble.num !== this.num) {
      this.curves.show(ensemble);
      this.map.show(ensemble);
    }
    this.ensemble = ensemble;
    this.num = ensemble.num;
    this.curves.mark(state.month);
    this.map.mark(state.month, state.stage);
    this.figure.show(this.drawing(shown));
  }

  private num = 0;

  private drawing({ ensemble, state }: Shown) {
    const { start } = ensemble.scenario;
    const series = (): Series[] => [
      { name: t("tile.adopted"), colour: ADOPTED, bands: ensemble.bands("adopted") },
      { name: t("tile.functioning"), colour: FUNCTIONING, bands: ensemble.bands("functioning") },
    ];
    return {
      draw: (width: number, height: number) => bandChart({ series: series(), start, low: 0, high: 1, write: percent, month: state.month }, width, height),
      table: () => seriesTable(series(), start, percent),
      csv: () => seriesCsv([...series(), { name: t("tile.gap"), colour: ADOPTED, bands: ensemble.bands("paper_plan_gap") }], start),
      summary: t("chart.title"),
    };
  }
}
