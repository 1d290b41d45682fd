// The roadmap: for each wave when half of its places reach each stage, and above it the phases of the
// delivery plan, as far as the levers of the scenario tell them.
import { INK, LINE, MUTED } from "../colours";
import { ChoiceList, type OnChoice } from "../choices";
import { h } from "../dom";
import type { Ensemble } from "../engine/ensemble";
import type { Places, Reach } from "../engine/module";
import { monthName, percent, t, tierName } from "../language";
import type { Scenario } from "../scenario";
import { label, picture, rem, s } from "../svg";
import { csvOf, dateOf } from "../table";
import { Figure } from "./figure";
import type { Panel, Shown } from "./panel";

const COLOURS: Record<string, string> = { aware: "#8b9ab2", engaged: "#586a8a", drafting: "#e3a54c", adopted: "#b96d14", functioning: "#0d6478" };
const PHASES = ["briefings", "meetings", "dialogues", "trainings", "peer_exchanges", "regional_exchanges", "drafting_support", "grant", "mandate", "deadline", "election"];

interface Row {
  index: number; // among the rows of the engine
  kind: string;
  label: string; // as results name it
}

interface Phase {
  name: string;
  spans: [number, number][]; // months, both included
}

export function rowsOf(places: Places): Row[] {
  const { waves, countries, tiers, adopts } = places, first = waves.length + countries.length;
  return [
    ...waves.map((name, k) => ({ index: k, kind: "wave", label: name })).filter((row) => row.label !== ""),
    ...countries.map((name, k) => ({ index: waves.length + k, kind: "country", label: name })),
    ...tiers.map((name, k) => ({ index: first + k, kind: "tier", label: name })).filter((_, k) => adopts[k]),
  ];
}

interface Mark {
  name: string;
  colour: string;
  x: number;
  line: number;
}

function legend(marks: Mark[]): SVGElement[] {
  return marks.flatMap(({ name, colour, x, line }) => {
    const y = 1.3 * line * rem();
    return [s("rect", { x, y: y + 0.25 * rem(), width: 0.8 * rem(), height: 0.7 * rem(), rx: 2, fill: colour }), label(name, x + 1.1 * rem(), y + 0.9 * rem(), { fill: INK })];
  });
}

// Where a lever does anything anywhere.
function phasesOf(scenario: Scenario, places: Places): Phase[] {
  return PHASES.map((name) => {
    const course = places.courses[scenario.model.levers.findIndex((lever) => lever.name === name)], spans: [number, number][] = [];
    for (let month = 1; course && month <= scenario.months; month++) {
      if (course[2 * month - 1] === 0) continue;
      const last = spans[spans.length - 1];
      if (last && last[1] === month - 1) last[1] = month;
      else spans.push([month, month]);
    }
    return { name, spans };
  }).filter(({ spans }) => spans.length > 0);
}

export class RoadmapPanel implements Panel {
  readonly element: HTMLElement;
  readonly figures: Figure[];
  private readonly figure: Figure;
  private readonly kinds: ChoiceList;
  private readonly rows: Row[];
  private readonly phases: Phase[];

  constructor(private readonly scenario: Scenario, places: Places, onChoice: OnChoice) {
    this.rows = rowsOf(places);
    this.phases = phasesOf(scenario, places);
    const kinds = [...new Set(this.rows.map(({ kind }) => kind))];
    this.kinds = new ChoiceList("rows", t("roadmap.rows"), kinds.map((kind) => [kind, t(`roadmap.${kind}`)]), onChoice);
    this.figure = new Figure("roadmap", t("roadmap.title"), this.kinds.element);
    this.figures = [this.figure];
    this.element = h("section", { class: "roadmap", "aria-label": t("view.roadmap") }, this.figure.element, h("p", { class: "said" }, t("roadmap.about")));
  }

  show(shown: Shown): void {
    const { ensemble } = shown;
    this.kinds.show(shown.state.choices);
    this.figure.show({
      draw: (width, height) => this.draw(ensemble, shown.state.month, width, height),
      table: () => this.table(ensemble),
      csv: () => this.csv(ensemble),
      summary: t("roadmap.about"),
      paper: [860, 560],
    });
  }

  private nameOf(row: Row): string {
    return row.kind === "wave" ? t("roadmap.one", { name: row.label }) : row.kind === "tier" ? tierName(row.label) : row.label;
  }

  private each<T>(ensemble: Ensemble, rows: Row[], make: (row: Row, stage: string, reach: Reach) => T): T[] {
    return rows.flatMap((row) => this.scenario.model.milestones.map((stage, m) => make(row, stage, ensemble.reach(row.index, m))));
  }

  private csv(ensemble: Ensemble): string {
    const date = (month: number) => (month === 0 ? "" : dateOf(this.scenario.start + month - 1));
    const rows = this.each(ensemble, this.rows, (row, stage, { p10, p50, p90, reached }) => [row.label, row.kind, stage, date(p10), date(p50), date(p90), reached / ensemble.num]);
    return csvOf([["place", "kind", "stage", "p10", "p50", "p90", "share_reached"], ...rows]);
  }

  private table(ensemble: Ensemble): HTMLTableElement {
    const date = (month: number) => h("td", {}, month === 0 ? t("roadmap.never") : monthName(this.scenario.start + month - 1, "short"));
    const head = ["roadmap.place", "roadmap.stage", "roadmap.early", "roadmap.middle", "roadmap.late", "roadmap.share"].map((key) => h("th", { scope: "col" }, t(key)));
    const rows = this.each(ensemble, this.rows, (row, stage, { p10, p50, p90, reached }) =>
      h("tr", {}, h("th", { scope: "row" }, this.nameOf(row)), h("td", {}, t(`milestone.${stage}`)), date(p10), date(p50), date(p90), h("td", {}, percent(reached / ensemble.num))));
    return h("table", {}, h("tr", {}, ...head), ...rows);
  }

  private draw(ensemble: Ensemble, month: number, width: number, height: number): SVGSVGElement {
    const rows = this.rows.filter(({ kind }) => kind === this.kinds.value), { milestones } = this.scenario.model, { months, start } = this.scenario;
    const left = Math.min(11.5 * rem(), 0.4 * width), right = width - rem(), marks = this.marks(milestones, left, width);
    const top = (1.5 + 1.3 * marks[marks.length - 1].line) * rem(), bottom = height - 1.8 * rem(), line = Math.min(1.1 * rem(), (0.45 * (bottom - top)) / Math.max(1, this.phases.length)), below = bottom - top - this.phases.length * line - 0.9 * rem();
    const every = Math.max(1, Math.ceil((3.2 * rem() * months) / (12 * (right - left))));
    const step = Math.min(below / (rows.length * (milestones.length + 1)), 1.4 * rem());
    const x = (at: number) => left + ((right - left) * (at - 1)) / months, made: SVGElement[] = legend(marks);
    for (let k = (12 - (start % 12)) % 12; k < months; k += 12) {
      made.push(s("line", { x1: x(k + 1), x2: x(k + 1), y1: top, y2: bottom, stroke: LINE }));
      if (Math.floor((start + k) / 12) % every === 0) made.push(label(String(Math.floor((start + k) / 12)), x(k + 1), bottom + 1.3 * rem(), { "text-anchor": "middle" }));
    }
    const longest = Math.max(...this.phases.map(({ name }) => t(`lever.${name}`).length)), small = Math.min(0.8 * rem(), line, left / (0.57 * longest));
    let y = top;
    for (const { name, spans } of this.phases) {
      made.push(label(t(`lever.${name}`), 0, y + 0.75 * line, { "font-size": small }));
      for (const [from, to] of spans) made.push(s("rect", { x: x(from), y: y + 0.3 * line, width: Math.max(3, x(to + 1) - x(from)), height: 0.4 * line, rx: 2, fill: "#b9c2c7" }));
      y += line;
    }
    y += 0.9 * rem();
    made.push(s("line", { x1: 0, x2: right, y1: y - 0.5 * rem(), y2: y - 0.5 * rem(), stroke: LINE }));
    for (const row of rows) {
      made.push(label(this.nameOf(row), 0, y + 0.5 * milestones.length * step + 0.3 * rem(), { fill: INK, "font-weight": 650, "font-size": 0.95 * rem() }));
      milestones.forEach((stage, m) => {
        made.push(...this.bar(ensemble.reach(row.index, m), COLOURS[stage] ?? MUTED, x, y, step));
        y += step;
      });
      y += step;
    }
    if (month > 0) made.push(s("line", { x1: x(month + 1), x2: x(month + 1), y1: top, y2: bottom, stroke: MUTED, "stroke-dasharray": "4 4" }));
    return picture(width, height, ...made);
  }

  // Which colour is which stage, in as many lines as that needs.
  private marks(milestones: string[], left: number, width: number): Mark[] {
    const roomOf = (name: string) => (2.2 + 0.52 * name.length) * rem(), names = milestones.map((stage) => t(`milestone.${stage}`));
    const begin = Math.max(0, Math.min(left, width - names.reduce((sum, name) => sum + roomOf(name), 0)));
    let x = begin, line = 0;
    return names.map((name, k) => {
      if (x > begin && x + roomOf(name) > width) [x, line] = [begin, line + 1];
      x += roomOf(name);
      return { name, colour: COLOURS[milestones[k]] ?? MUTED, x: x - roomOf(name), line };
    });
  }

  // From P10 to P90 with a mark at P50; open at the end where P90 is not reached.
  private bar({ p10, p50, p90 }: Reach, colour: string, x: (month: number) => number, y: number, step: number): SVGElement[] {
    if (p10 === 0) return [];
    const from = x(p10), to = p90 === 0 ? x(this.scenario.months + 1) : Math.max(x(p90 + 1), from + 4);
    const open: Record<string, string | number> = p90 === 0 ? { "stroke-dasharray": "3 3", stroke: colour, "fill-opacity": 0.12 } : { "fill-opacity": 0.45 };
    const made: SVGElement[] = [s("rect", { x: from, y: y + 0.16 * step, width: to - from, height: 0.68 * step, rx: 2, fill: colour, ...open })];
    if (p50 > 0) made.push(s("rect", { x: x(p50) - 1, y: y + 0.04 * step, width: 4, height: 0.92 * step, fill: colour }));
    return made;
  }
}
