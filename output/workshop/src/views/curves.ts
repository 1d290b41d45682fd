// Adopted and functioning over time, each with its band; what lies between them is the paper-plan gap.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { ADOPTED, FUNCTIONING, GAP, INK, LINE, MUTED, translucent } from "../colours";
import { h } from "../dom";
import type { Bands, Ensemble } from "../engine/ensemble";
import { monthName, percent, percentRange, t } from "../language";

interface Curve {
  measure: string;
  colour: string;
}

const CURVES: Curve[] = [
  { measure: "adopted", colour: ADOPTED },
  { measure: "functioning", colour: FUNCTIONING },
];

// Canvases do not follow the size of the page's type by themselves.
function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function fontOf(scale: number, weight = 400): string {
  return `${weight} ${Math.round(0.94 * rem() * scale)}px system-ui, sans-serif`;
}

export class CurvesView {
  readonly element: HTMLElement;
  private readonly frame = h("div", { class: "chart", role: "img" });
  private readonly table = h("div", { class: "behind" });
  private plot: uPlot | null = null;
  private bands: Bands[] = [];
  private month = 0;
  private start = 0;

  constructor() {
    const details: HTMLDetailsElement = h("details", { class: "table", ontoggle: () => this.fill() }, h("summary", {}, t("chart.table")), this.table);
    this.details = details;
    this.element = h("section", { class: "curves", "aria-label": t("chart.title") }, h("div", { class: "title" }, h("h2", {}, t("chart.title"))), this.frame, details);
    new ResizeObserver(() => this.resize()).observe(this.frame);
  }

  private readonly details: HTMLDetailsElement;

  show(ensemble: Ensemble): void {
    this.start = ensemble.scenario.start;
    this.bands = [...CURVES.map(({ measure }) => ensemble.bands(measure)), ensemble.bands("paper_plan_gap")];
    const months = Array.from({ length: ensemble.scenario.months }, (_, k) => k + 1);
    const data = [months, ...CURVES.flatMap((_, k) => [this.bands[k].median, this.bands[k].low, this.bands[k].high])];
    if (!this.plot || this.plot.data[0].length !== months.length) this.make(data as uPlot.AlignedData);
    else this.plot.setData(data as uPlot.AlignedData);
    this.tell(ensemble.scenario.months);
  }

  mark(month: number): void {
    this.month = month;
    this.plot?.redraw(false);
  }

  // For those who hear the page; behind the chart stands a row a year.
  private tell(months: number): void {
    const last = months - 1, [adopted, functioning] = this.bands;
    const values = { adopted: percent(adopted.median[last]), functioning: percent(functioning.median[last]), month: monthName(this.start + last) };
    this.frame.setAttribute("aria-label", t("chart.summary", values));
    this.fill();
  }

  // Only where it is seen.
  private fill(): void {
    if (!this.details.open || this.bands.length === 0) return void this.table.replaceChildren();
    const names = ["tile.adopted", "tile.functioning", "tile.gap"].map((key) => h("th", { scope: "col" }, t(key)));
    const rows = [h("tr", {}, h("th", { scope: "col" }, t("chart.month")), ...names)], months = this.bands[0].median.length;
    for (let k = 11; k < months + 11; k += 12) rows.push(this.row(Math.min(k, months - 1)));
    this.table.replaceChildren(h("table", {}, ...rows));
  }

  private row(k: number): HTMLTableRowElement {
    const cells = this.bands.map(({ median, low, high }) => h("td", {}, `${percent(median[k])} (${percentRange(low[k], high[k])})`));
    return h("tr", {}, h("th", { scope: "row" }, monthName(this.start + k, "short")), ...cells);
  }

  private resize(): void {
    if (this.plot) this.plot.setSize({ width: this.frame.clientWidth, height: this.frame.clientHeight });
  }

  private series(): uPlot.Series[] {
    const hidden = { stroke: "transparent", width: 0, points: { show: false } };
    return [{}, ...CURVES.flatMap(({ colour }) => [{ stroke: colour, width: 3, points: { show: false } }, hidden, hidden])];
  }

  private axes(): uPlot.Axis[] {
    const common = { font: fontOf(1), stroke: MUTED, ticks: { show: false } };
    return [
      {
        ...common,
        grid: { show: false },
        size: 2.2 * rem(),
        splits: (plot) => this.years(plot.data[0].length),
        values: (_, months) => months.map((month) => String(Math.floor((this.start + month - 1) / 12))),
      },
      { ...common, grid: { stroke: LINE, width: 1 }, size: 3.9 * rem(), splits: () => [0, 0.25, 0.5, 0.75, 1], values: (_, shares) => shares.map(percent) },
    ];
  }

  // January of every year, or of every other one where there are many.
  private years(months: number): number[] {
    const first = 1 + ((12 - (this.start % 12)) % 12), every = months > 96 || this.frame.clientWidth < 480 ? 24 : 12, splits = [];
    for (let month = first; month <= months; month += every) splits.push(month);
    return splits;
  }

  private make(data: uPlot.AlignedData): void {
    this.plot?.destroy();
    const band = (k: number) => ({ series: [3 * k + 3, 3 * k + 2] as [number, number], fill: translucent(CURVES[k].colour, 0.22) });
    this.plot = new uPlot(
      {
        width: this.frame.clientWidth,
        height: this.frame.clientHeight,
        padding: [14, 12, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: [0, 1] } },
        series: this.series(),
        bands: [{ series: [1, 4], fill: translucent(GAP, 0.1) }, band(0), band(1)],
        axes: this.axes(),
        hooks: { draw: [(plot) => this.overlay(plot)] },
      },
      data,
      this.frame,
    );
  }

  private overlay(plot: uPlot): void {
    const { ctx } = plot, scale = devicePixelRatio;
    ctx.save();
    this.drawMonth(plot, ctx, scale);
    this.drawLabels(plot, ctx, scale);
    ctx.restore();
  }

  private drawMonth(plot: uPlot, ctx: CanvasRenderingContext2D, scale: number): void {
    if (this.month < 1) return;
    const x = plot.valToPos(this.month, "x", true);
    ctx.strokeStyle = INK;
    ctx.lineWidth = scale;
    ctx.setLineDash([4 * scale, 4 * scale]);
    ctx.beginPath();
    ctx.moveTo(x, plot.bbox.top);
    ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
    CURVES.forEach(({ colour }, k) => {
      ctx.fillStyle = colour;
      ctx.beginPath();
      ctx.arc(x, plot.valToPos(this.bands[k].median[this.month - 1], "y", true), 5 * scale, 0, 2 * Math.PI);
      ctx.fill();
    });
  }

  // Each curve carries its name, so that nobody has to match colours with a legend: the upper one to its
  // upper left, the lower one to its lower right, where curves that rise leave room.
  private drawLabels(plot: uPlot, ctx: CanvasRenderingContext2D, scale: number): void {
    const at = Math.round(this.bands[0].median.length * 0.55), { left, top, width, height } = plot.bbox;
    ctx.font = fontOf(scale, 600);
    ctx.textAlign = "left";
    CURVES.forEach(({ measure, colour }, k) => {
      const text = t(`tile.${measure}`), room = ctx.measureText(text).width, x = plot.valToPos(at, "x", true);
      // The lower one where it begins, which is where a curve that rises is nearest to it.
      const begin = k === 0 ? Math.max(left, x - room) : Math.min(x, left + width - room), month = Math.max(1, Math.floor(plot.posToVal(begin, "x", true)));
      const { high, low } = this.bands[k], edge = k === 0 ? high[at - 1] : low[month - 1];
      const y = plot.valToPos(edge, "y", true) + (k === 0 ? -10 : 22) * scale;
      ctx.fillStyle = colour;
      ctx.fillText(text, begin, Math.min(Math.max(y, top + 14 * scale), top + height - 8 * scale));
    });
  }
}
