// The places as points and the cells around them, each in the class of the share of runs in which it is at
// the chosen stage. No borders are drawn, and leaf places carry no names.
import { classOf, rampOf } from "../colours";
import { h, onceAFrame } from "../dom";
import type { Ensemble } from "../engine/ensemble";
import type { Places } from "../engine/module";
import { monthName, percent, t } from "../language";
import { HAS_PLAN, stagesOf } from "../stages";
import { csvOf } from "../table";
import { label, picture, rem, s } from "../svg";
import { ownersOf, polygonsOf } from "./cells";
import { Figure } from "./figure";
import { type Layout, layoutOf } from "./layout";
import { circlesOf, Sheet, stampOf } from "./stamp";

const NEEDS_ADOPTING = [HAS_PLAN, "functioning", "adopted", "drafting", "dormant"];

interface Ground {
  key: string;
  places: Places;
  layout: Layout;
  owners: Uint32Array; // of each pixel
}

export class MapView {
  readonly element: HTMLElement;
  readonly figure = new Figure("map", t("map.title")); // to be taken home
  private readonly canvas = h("canvas", { role: "img" });
  private readonly legend = h("div", { class: "legend" });
  private readonly frame: HTMLElement;
  private sheet: Sheet | null = null;
  private ensemble: Ensemble | null = null;
  private month = 0;
  private placed: Ground | null = null;
  private legendOf = "";
  private stage = HAS_PLAN;
  private readonly draw = onceAFrame(() => this.paint());

  constructor(onStage: (stage: string) => void, stages: string[]) {
    const options = stages.map((stage) => h("option", { value: stage }, t(`map.${stage}`)));
    const select = h("select", { "aria-label": t("map.choose"), onchange: (event) => onStage((event.target as HTMLSelectElement).value) }, ...options);
    this.select = select;
    this.frame = h("div", { class: "places" }, this.canvas);
    this.element = h("section", { class: "map", "aria-label": t("map.title") }, h("div", { class: "title" }, h("h2", {}, t("map.title")), select), this.frame, this.legend);
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  private readonly select: HTMLSelectElement;

  show(ensemble: Ensemble): void {
    this.ensemble = ensemble;
    this.figure.show({ draw: (width, height) => this.alone(width, height), table: () => h("table"), csv: () => this.csv(), summary: t("map.title") });
    // A frame after the curves, which do not wait for it.
    requestAnimationFrame(this.draw);
  }

  mark(month: number, stage: string): void {
    if (month === this.month && stage === this.stage) return;
    this.month = month;
    this.stage = stage;
    this.select.value = stage;
    this.draw();
  }

  private paint(): void {
    if (!this.ensemble) return;
    const { places, scenario } = this.ensemble, { clientWidth: width, clientHeight: height } = this.frame;
    if (width === 0 || height === 0) return;
    const byClass = this.classes(), ramp = rampOf(this.stage), sheet = this.blank(width, height), { layout, owners } = this.ground(places, width, height), { x, y } = layout;
    sheet.fill(owners, byClass, ramp);
    for (const isRing of [false, true])
      byClass.forEach((those, c) => {
        const stamp = stampOf(layout, ramp[c], isRing);
        for (const i of those) if (!places.isLeaf[i] === isRing && !Number.isNaN(x[i])) sheet.put(stamp, x[i], y[i]);
      });
    this.canvas.getContext("2d")!.putImageData(sheet.image, 0, 0);
    this.tell(byClass.map(({ length }) => length), scenario.start, ramp, places.isLeaf.includes(0));
  }

  // The same until the frame has another size, or other places are shown.
  private ground(places: Places, width: number, height: number): Ground {
    const key = `${width} ${height} ${devicePixelRatio} ${this.isForAll()}`;
    if (this.placed?.key === key && this.placed.places === places) return this.placed;
    const layout = layoutOf(places, width, height), { width: across, height: up } = this.canvas;
    return (this.placed = { key, places, layout, owners: ownersOf(layout, this.leaves(places, layout), across, up, devicePixelRatio) });
  }

  // Those that have ground of their own: others stand among the places below them.
  private leaves(places: Places, { x, reach }: Layout): number[] {
    if (reach === 0) return [];
    return Array.from(x.keys()).filter((i) => places.isLeaf[i] && this.isShown(places, i) && !Number.isNaN(x[i]));
  }

  // The places that are shown, by their class. The fullest is drawn last, so that a small share does not hide a
  // large one.
  private classes(): number[][] {
    const { places, scenario } = this.ensemble!, shares = this.ensemble!.stageShares(stagesOf(scenario.model, this.stage), this.month);
    const byClass: number[][] = rampOf(this.stage).map(() => []);
    for (let i = 0; i < places.numNodes; i++) if (this.isShown(places, i)) byClass[classOf(shares[i])].push(i);
    return byClass;
  }

  private alone(width: number, height: number): SVGSVGElement {
    const { places, scenario } = this.ensemble!, top = 2.2 * rem(), layout = layoutOf(places, width, height - 2 * top), { x, y } = layout, ramp = rampOf(this.stage);
    const leaves = this.leaves(places, layout), byClass = this.classes(), colour: string[] = [];
    byClass.forEach((those, c) => those.forEach((i) => (colour[i] = ramp[c])));
    const made: SVGElement[] = polygonsOf(layout, leaves).flatMap((cell, k) => (cell.length === 0 ? [] : [s("path", { d: `M${cell.map(([px, py]) => `${px.toFixed(1)} ${(py + top).toFixed(1)}`).join("L")}Z`, fill: colour[leaves[k]] })]));
    for (const i of byClass.flat().filter((i) => !Number.isNaN(x[i])).sort((a, b) => places.isLeaf[b] - places.isLeaf[a])) {
      const at = { cx: x[i].toFixed(1), cy: (y[i] + top).toFixed(1) };
      made.push(...circlesOf(layout, colour[i], !places.isLeaf[i]).map(({ radius: r, width: line, ...paint }) => s("circle", { ...at, ...paint, r, "stroke-width": line })));
    }
    made.push(label(`${t(`map.${this.stage}`)}, ${this.when(scenario.start)}`, 0, 1.1 * rem(), { "font-weight": 650, "font-size": 1.1 * rem() }));
    ramp.forEach((colour, c) => made.push(s("rect", { x: c * 5 * rem(), y: height - 1.9 * rem(), width: 5 * rem(), height: 0.7 * rem(), fill: colour }), label(`${percent(c / 5)}–${percent((c + 1) / 5)}`, c * 5 * rem(), height - 0.2 * rem())));
    return picture(width, height, ...made);
  }

  // How many places are in each class; which ones, the file does not say.
  private csv(): string {
    return csvOf([["share_from", "share_to", "places"], ...this.classes().map(({ length }, c) => [c / 5, (c + 1) / 5, length])]);
  }

  private when(start: number): string {
    return this.month === 0 ? t("time.start") : monthName(start + this.month - 1);
  }

  private isForAll(): boolean {
    return !NEEDS_ADOPTING.includes(this.stage);
  }

  // Where no place of a tier can come to a stage, its places would only be grey dots.
  private isShown({ adopts, tier }: Places, i: number): boolean {
    return adopts[tier[i]] || this.isForAll();
  }

  private blank(width: number, height: number): Sheet {
    const across = Math.round(width * devicePixelRatio), up = Math.round(height * devicePixelRatio);
    if (this.sheet?.image.width !== across || this.sheet.image.height !== up) {
      this.sheet = new Sheet(across, up);
      Object.assign(this.canvas, { width: across, height: up });
    }
    return this.sheet;
  }

  private tell(counts: number[], start: number, ramp: string[], hasRings: boolean): void {
    const when = this.when(start);
    this.canvas.setAttribute("aria-label", t("map.summary", { stage: t(`map.${this.stage}`), month: when, number: counts[3] + counts[4] }));
    const drawn = `${ramp} ${hasRings}`;
    if (this.legendOf === drawn) return;
    this.legendOf = drawn;
    const caption = hasRings ? t("map.rings", { text: t("map.legend") }) : t("map.legend");
    const steps = ramp.map((colour) => h("i", { style: `background:${colour}` }));
    const ends = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => h("span", {}, percent(share)));
    this.legend.replaceChildren(h("span", { class: "caption" }, caption), h("div", { class: "steps" }, ...steps), h("div", { class: "ends" }, ...ends));
  }
}
