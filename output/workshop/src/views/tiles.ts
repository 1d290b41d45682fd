// What the pictures say in three numbers, at the month of the slider.
import { h } from "../dom";
import type { Bands, Ensemble } from "../engine/ensemble";
import { monthName, percent, percentRange, t } from "../language";

const TILES: Record<string, string> = { adopted: "adopted", functioning: "functioning", gap: "paper_plan_gap" };

export class TilesView {
  readonly element: HTMLElement;
  private readonly when = h("p", { class: "when" });
  private readonly tiles = new Map<string, { value: HTMLElement; band: HTMLElement }>();
  private bands = new Map<string, Bands>();
  private month = 1;
  private start = 0;

  constructor() {
    const tiles = Object.keys(TILES).map((name) => {
      const value = h("span", { class: "value" }), band = h("span", { class: "band" });
      this.tiles.set(name, { value, band });
      return h("div", { class: `tile ${name}` }, h("span", { class: "name" }, t(`tile.${name}`)), value, band);
    });
    this.element = h("section", { class: "tiles", "aria-label": t("tile.title"), "aria-live": "polite" }, this.when, ...tiles);
  }

  show(ensemble: Ensemble): void {
    this.start = ensemble.scenario.start;
    this.bands = new Map(Object.entries(TILES).map(([name, measure]) => [name, ensemble.bands(measure)]));
    this.write();
  }

  mark(month: number): void {
    this.month = month;
    this.write();
  }

  private write(): void {
    if (this.bands.size === 0) return;
    const k = Math.max(1, this.month) - 1;
    this.when.textContent = t("tile.when", { month: monthName(this.start + k) });
    for (const [name, { value, band }] of this.tiles) {
      const { median, low, high } = this.bands.get(name)!;
      value.textContent = percent(median[k]);
      band.textContent = t("tile.band", { range: percentRange(low[k], high[k]) });
    }
  }
}
