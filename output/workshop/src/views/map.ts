// The places as points, each in the class of the share of runs in which it is at the chosen stage. No
// borders are drawn, and leaf places carry no names.
import { classOf, MUTED, rampOf } from "../colours";
import { h, onceAFrame } from "../dom";
import type { Ensemble } from "../engine/ensemble";
import type { Places } from "../engine/module";
import { monthName, percent, t } from "../language";
import { HAS_PLAN, stagesOf } from "../stages";
import { csvOf } from "../table";
import { label, picture, rem, s } from "../svg";
import { Figure } from "./figure";
import { type Layout, layoutOf } from "./layout";
import { Sheet, stampOf } from "./stamp";

const NEEDS_ADOPTING = [HAS_PLAN, "functioning", "adopted", "drafting", "dormant"];

export class MapView {
  readonly element: HTMLElement;
  readonly figure = new Figure("map", t("map.title")); // to be taken home
  private readonly canvas = h("canvas", { role: "img" });
  private readonly legend = h("div", { class: "legend" });
  private readonly frame: HTMLElement;
  private sheet: Sheet | null = null;
  private ensemble: Ensemble | null = null;
  private month = 0;
  private placed = { width: 0, height: 0, places: null as Places | null, layout: null as Layout | null };
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
    this.draw();
  }

  mark(month: number, stage: string): void {
    this.month = month;
    this.stage = stage;
    this.select.value = stage;
    this.draw();
  }

  private paint(): void {
    if (!this.ensemble) return;
    const { places, scenario } = this.ensemble, { clientWidth: width, clientHeight: height } = this.frame;
    if (width === 0 || height === 0) return;
    const shares = this.ensemble.stageShares(stagesOf(scenario.model, this.stage), this.month);
    const { x, y, radius } = this.layout(places, width, height), ramp = rampOf(this.stage), byClass: number[][] = ramp.map(() => []);
    const isShown = this.shown(places);
    for (let i = 0; i < places.numNodes; i++) if (isShown(i) && !Number.isNaN(x[i])) byClass[classOf(shares[i])].push(i);
    const sheet = this.blank(width, height);
    // The fullest classes come last, so that a small share does not hide a large one.
    byClass.forEach((those, c) => {
      const dot = stampOf(radius, ramp[c], false), ring = stampOf(1.9 * radius, ramp[c], true);
      for (const i of those) sheet.put(places.isLeaf[i] ? dot : ring, x[i], y[i]);
    });
    this.canvas.getContext("2d")!.putImageData(sheet.image, 0, 0);
    this.tell(byClass.map(({ length }) => length), scenario.start, ramp, places.isLeaf.includes(0));
  }

  // The same until the frame has another size.
  private layout(places: Places, width: number, height: number): Layout {
    if (this.placed.width !== width || this.placed.height !== height || this.placed.places !== places) this.placed = { width, height, places, layout: layoutOf(places, width, height) };
    return this.placed.layout!;
  }

  // The classes of the places that are shown, the fullest last.
  private classes(): { place: number; class: number }[] {
    const { places, scenario } = this.ensemble!, shares = this.ensemble!.stageShares(stagesOf(scenario.model, this.stage), this.month);
    const isShown = this.shown(places), all = Array.from(shares, (share, place) => ({ place, class: classOf(share) }));
    return all.filter(({ place }) => isShown(place)).sort((a, b) => a.class - b.class || a.place - b.place);
  }

  private alone(width: number, height: number): SVGSVGElement {
    const { places, scenario } = this.ensemble!, top = 2.2 * rem(), { x, y, radius } = layoutOf(places, width, height - 2 * top), ramp = rampOf(this.stage);
    const made: SVGElement[] = this.classes().filter(({ place }) => !Number.isNaN(x[place])).map(({ place, class: c }) => {
      const leaf = places.isLeaf[place], at = { cx: x[place].toFixed(1), cy: (y[place] + top).toFixed(1) };
      return s("circle", leaf ? { ...at, r: radius, fill: ramp[c], stroke: MUTED, "stroke-width": 0.4 } : { ...at, r: 1.9 * radius, fill: "none", stroke: ramp[c], "stroke-width": 1.5 });
    });
    made.push(label(`${t(`map.${this.stage}`)}, ${this.when(scenario.start)}`, 0, 1.1 * rem(), { "font-weight": 650, "font-size": 1.1 * rem() }));
    ramp.forEach((colour, c) => made.push(s("rect", { x: c * 5 * rem(), y: height - 1.9 * rem(), width: 5 * rem(), height: 0.7 * rem(), fill: colour }), label(`${percent(c / 5)}–${percent((c + 1) / 5)}`, c * 5 * rem(), height - 0.2 * rem())));
    return picture(width, height, ...made);
  }

  // How many places are in each class; which ones, the file does not say.
  private csv(): string {
    const classes = this.classes(), counts = [0, 1, 2, 3, 4].map((c) => [c / 5, (c + 1) / 5, classes.filter((one) => one.class === c).length]);
    return csvOf([["share_from", "share_to", "places"], ...counts]);
  }

  private when(start: number): string {
    return this.month === 0 ? t("time.start") : monthName(start + this.month - 1);
  }

  // Where no place of a tier can come to a stage, its places would only be grey dots.
  private shown({ adopts, tier }: Places): (place: number) => boolean {
    const isForAll = !NEEDS_ADOPTING.includes(this.stage);
    return (place) => isForAll || adopts[tier[place]];
  }

  private blank(width: number, height: number): Sheet {
    const across = Math.round(width * devicePixelRatio), up = Math.round(height * devicePixelRatio);
    if (this.sheet?.image.width === across && this.sheet.image.height === up) this.sheet.clear();
    else {
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
