// The tiers from the national level down, and the arrows between them: how much is asked for and how much of
// it is delivered on the way down, how many reports go up and how many of them are answered.
import { ADOPTED, FUNCTIONING, INK, LINE } from "../colours";
import { label, picture, rem, s } from "../svg";

// The inner part of an arrow is `done` of `all`; beside it stand the first of the texts that fit.
export interface Arrow {
  all: number;
  done: number;
  texts: string[][];
  direct: string;
}

export interface Box {
  name: string;
  about: string;
  level: number;
  above: number;
  down: Arrow;
  direct: Arrow | null;
  up: Arrow;
  across: Arrow | null;
}

export interface Network {
  national: string;
  boxes: Box[];
  mostDown: number; // what the widest arrow stands for
  mostUp: number;
  names: { down: string; done: string; up: string; answered: string; direct: string; across: string };
}

interface Frame {
  size: number; // of the type
  left: (k: number) => number; // of the column of a box
  column: (k: number) => number; // its width
  top: (level: number) => number;
  height: number; // of a box
}

const PALE = "#bcd6db", SENT = "#f0c48a", PAPER = "#fbfaf7";
const HALF = 4.6; // width of half a box, in rem, if its name needs no more
const LETTER = 0.56, BOLD = 0.63; // width of one, of its size
const LANE = 12; // rem from the middle of a column to the direct channel, where there is room
const BELOW = 0.9; // rem for what stands below the lowest boxes
const COLUMN = 21; // rem that a column likes to have

function columnsOf(boxes: Box[], width: number, height: number, begin: number): Frame {
  const levels = Math.max(...boxes.map(({ level }) => level)), peers = (k: number) => boxes.map((_, i) => i).filter((i) => boxes[i].level === boxes[k].level);
  const most = Math.max(...boxes.map((_, k) => peers(k).length)), size = rem() * Math.min(1, Math.max(0.72, width / (most * COLUMN * rem())));
  const box = 2.4 * size, gap = (height - begin - (levels + 1) * box - BELOW * size) / levels;
  return {
    size,
    column: (k) => width / peers(k).length,
    left: (k) => (width / peers(k).length) * peers(k).indexOf(k),
    top: (level) => begin + level * (box + gap),
    height: box,
  };
}

// Width follows the root of the number, so that a hundred times as much is ten times as wide; what is done
// takes its share of the width.
function widths({ all, done }: Arrow, most: number, widest: number): [number, number] {
  const outer = all > 0 ? Math.max(3, widest * Math.sqrt(all / most)) : 0;
  return [outer, all > 0 ? (outer * Math.min(done, all)) / all : 0];
}

function head(x: number, y: number, width: number, way: number, colour: string): SVGElement {
  const half = width / 2 + 4, length = Math.min(12, half + 2);
  return s("polygon", { points: `${x - half},${y - way * length} ${x + half},${y - way * length} ${x},${y}`, fill: colour });
}

function straight(arrow: Arrow, x: number, [from, to]: [number, number], [outer, inner]: [number, number], [pale, full]: [string, string]): SVGElement[] {
  const way = Math.sign(to - from), end = to - way * 8;
  if (!(arrow.all > 0)) return [s("line", { x1: x, x2: x, y1: from, y2: to, stroke: LINE, "stroke-width": 1.5 })];
  const line = (width: number, stroke: string) => s("line", { x1: x, x2: x, y1: from, y2: end, stroke, "stroke-width": width });
  const stream = s("line", { class: "stream", opacity: 0, x1: x, x2: x, y1: from, y2: end, stroke: "#ffffff", "stroke-width": Math.min(3, inner / 3), "stroke-dasharray": "3 15", "stroke-linecap": "round" });
  return [line(outer, pale), line(inner, full), head(x, to, outer, way, arrow.done > 0 ? full : pale), ...(inner > 3 ? [stream] : [])];
}

function texts(lines: string[], x: number, y: number, size: number, anchor: string): SVGElement[] {
  return lines.map((line, k) => label(line, x, y + (k - (lines.length - 1) / 2) * 1.2 * size + 0.3 * size, { "text-anchor": anchor, fill: INK, "font-size": 0.82 * size, stroke: PAPER, "stroke-width": 3, "paint-order": "stroke" }));
}

function node(x: number, y: number, half: number, frame: Frame, name: string, about: string): SVGElement[] {
  const { size, height } = frame, fitting = (2 * half - 0.4 * size) / (BOLD * name.length);
  return [
    s("rect", { x: x - half, y, width: 2 * half, height, rx: 0.5 * size, fill: "#ffffff", stroke: "#8a949c" }),
    label(name, x, y + (about === "" ? 1.5 : 1.05) * size, { "text-anchor": "middle", fill: INK, "font-weight": 650, "font-size": Math.min(0.95 * size, fitting) }),
    ...(about === "" ? [] : [label(about, x, y + 2.05 * size, { "text-anchor": "middle", "font-size": 0.8 * size })]),
  ];
}

// Past the tiers between: from the side of the national box along a lane beside the column.
function bypass(said: string[], from: [number, number], lane: number, to: [number, number], [outer, inner]: [number, number], size: number): SVGElement[] {
  const [x, y] = to, way = Math.sign(x - lane), path = `M${from[0]},${from[1]} H${lane} V${y} H${x - way * 8}`;
  const line = (width: number, stroke: string) => s("path", { d: path, fill: "none", stroke, "stroke-width": Math.max(1.5, width), "stroke-dasharray": "10 4", "stroke-linejoin": "round" });
  const tip = s("polygon", { points: `${x - way * 10},${y - outer / 2 - 4} ${x - way * 10},${y + outer / 2 + 4} ${x},${y}`, fill: FUNCTIONING });
  return [line(outer, PALE), line(inner, FUNCTIONING), tip, ...texts(said, (lane + x) / 2, y + outer / 2 + 0.8 * size, size, "middle")];
}

// Out of a box and back into it, at its right (1) or left (-1) side.
function loop(said: string[], x: number, y: number, way: number, [outer, inner]: [number, number], size: number): SVGElement[] {
  const path = `M${x},${y - 0.6 * size} C${x + way * 2.3 * size},${y - size} ${x + way * 2.3 * size},${y + size} ${x + way * 6},${y + 0.6 * size}`;
  const line = (width: number, stroke: string) => s("path", { d: path, fill: "none", stroke, "stroke-width": Math.min(0.7 * size, Math.max(1.5, width)) });
  const tip = s("polygon", { points: `${x + way * 9},${y + 0.2 * size} ${x + way * 9},${y + size} ${x},${y + 0.6 * size}`, fill: FUNCTIONING });
  return [line(outer, PALE), line(inner, FUNCTIONING), tip, ...texts(said, x + way * 2.1 * size, y, size, way > 0 ? "start" : "end")];
}

// Which colour is which, above the picture, in as many lines as that needs.
interface Mark {
  name: string;
  colour: string; // "": the direct channel
  x: number;
  line: number;
}

function marksOf({ names, boxes }: Network, width: number): Mark[] {
  const shown: [string, string][] = [[names.down, PALE], [names.done, FUNCTIONING], [names.up, SENT], [names.answered, ADOPTED]];
  if (boxes.some(({ direct }) => direct)) shown.push([names.direct, ""]);
  let x = 0, line = 0;
  return shown.map(([name, colour]) => {
    const room = (2.6 + 0.5 * name.length) * rem();
    if (x > 0 && x + room > width) [x, line] = [0, line + 1];
    x += room;
    return { name, colour, x: x - room, line };
  });
}

function legend(marks: Mark[]): SVGElement[] {
  return marks.flatMap(({ name, colour, x, line }) => {
    const y = 1.3 * line * rem(), direct = { x1: x, x2: x + 1.2 * rem(), y1: y + 0.6 * rem(), y2: y + 0.6 * rem(), stroke: FUNCTIONING, "stroke-width": 3, "stroke-dasharray": "6 3" };
    const mark = colour === "" ? s("line", direct) : s("rect", { x, y: y + 0.25 * rem(), width: 1.1 * rem(), height: 0.7 * rem(), rx: 2, fill: colour });
    return [mark, label(name, x + 1.5 * rem(), y + 0.9 * rem(), { fill: INK, "font-size": 0.85 * rem() })];
  });
}

// Where things stand, by the index of a box; -1 is the national level.
class Drawing {
  private readonly frame: Frame;
  private readonly widest: number;

  constructor(private readonly network: Network, private readonly width: number, height: number, begin: number) {
    this.frame = columnsOf(network.boxes, width, height, begin);
    this.widest = 2.1 * this.frame.size;
  }

  private centre(k: number): number {
    return k < 0 ? this.width / 2 : this.frame.left(k) + this.frame.column(k) / 2;
  }

  private half(k: number): number {
    const { size } = this.frame;
    if (k < 0) return 1.5 * HALF * size;
    const named = (0.95 * BOLD * this.network.boxes[k].name.length + 0.4) / 2;
    return Math.min(Math.max(HALF, named) * size, Math.max(HALF * size, this.frame.column(k) / 2 - size));
  }

  // The table has what finds no room.
  private fitting({ all, texts }: Arrow, room: number, tall = Infinity): string[] {
    const { size } = this.frame, width = (lines: string[]) => 0.82 * LETTER * size * Math.max(...lines.map(({ length }) => length));
    return all > 0 ? (texts.find((lines) => width(lines) <= room && 1.1 * size * lines.length <= tall) ?? []) : [];
  }

  // From the middle of a column to the lane beside it.
  private lane(k: number): number {
    return Math.min(LANE * this.frame.size, this.frame.column(k) / 2 - 0.7 * this.frame.size);
  }

  private top(k: number): number {
    return this.frame.top(k < 0 ? 0 : this.network.boxes[k].level);
  }

  // To and from the tier above; where that stands elsewhere, below an elbow that leads there.
  between(k: number): SVGElement[] {
    const { network, frame, widest } = this, { size } = frame, box = network.boxes[k], x = this.centre(k), over = this.centre(box.above);
    const from = this.top(box.above) + frame.height, to = this.top(k), offset = Math.min(2.1 * size, 0.12 * frame.column(k)), clear = widest / 2 + 0.4 * size, room = this.lane(k) - offset - clear;
    const isElsewhere = Math.abs(over - x) > this.half(box.above) - 2 * offset, start = isElsewhere ? Math.max(from + 0.6 * size, to - 5.5 * size) : from, elbow = (from + start) / 2;
    const line = s("polyline", { points: `${over},${from} ${over},${elbow} ${x},${elbow} ${x},${start}`, fill: "none", stroke: "#b9c2c7", "stroke-width": 1.5 });
    return [
      ...(isElsewhere ? [line] : []),
      ...straight(box.down, x - offset, [start, to], widths(box.down, network.mostDown, widest), [PALE, FUNCTIONING]),
      ...straight(box.up, x + offset, [to, start], widths(box.up, network.mostUp, widest), [SENT, ADOPTED]),
      ...texts(this.fitting(box.down, room, to - start), x - offset - clear, (start + to) / 2, size, "end"),
      ...texts(this.fitting(box.up, room, to - start), x + offset + clear, (start + to) / 2, size, "start"),
    ];
  }

  // The direct channel outside, exchanges inside.
  beside(k: number): SVGElement[] {
    const { network, frame } = this, { size } = frame, box = network.boxes[k], x = this.centre(k), y = this.top(k) + frame.height / 2, way = x > this.width / 2 + 1 ? 1 : -1, made: SVGElement[] = [];
    const lane = x + way * this.lane(k), out = this.width / 2 + way * this.half(-1);
    const exit = this.frame.top(0) + frame.height * (0.75 - (0.5 * Math.abs(x - this.width / 2 + 1)) / this.width);
    const room = frame.column(k) / 2 - this.half(k) - 2.3 * size, isNarrow = frame.column(k) < 19 * size;
    if (box.direct) made.push(...bypass(isNarrow ? [] : [box.direct.direct], [out, exit], lane, [x + way * this.half(k), y], widths(box.direct, network.mostDown, 0.6 * this.widest), size));
    if (box.across) made.push(...loop(isNarrow ? [] : this.fitting(box.across, room), x - way * this.half(k), y, -way, widths(box.across, network.mostDown, this.widest), size));
    return made;
  }

  box(k: number): SVGElement[] {
    const { name, about } = k < 0 ? { name: this.network.national, about: "" } : this.network.boxes[k];
    return node(this.centre(k), this.top(k), this.half(k), this.frame, name, about);
  }
}

export function drawNetwork(network: Network, width: number, height: number): SVGSVGElement {
  const marks = marksOf(network, width), begin = (1.3 * marks[marks.length - 1].line + 1.9) * rem();
  const drawing = new Drawing(network, width, height, begin), all = network.boxes.map((_, k) => k);
  const made = [...all.flatMap((k) => drawing.beside(k)), ...all.flatMap((k) => drawing.between(k)), ...[-1, ...all].flatMap((k) => drawing.box(k))];
  return picture(width, height, ...legend(marks), ...made);
}
