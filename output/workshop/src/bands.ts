// Lines with their bands, on axes of months and of a quantity: the one way in which a course is drawn.
import { LINE, MUTED, translucent } from "./colours";
import type { Bands } from "./engine/ensemble";
import { label, picture, rem, s } from "./svg";

export interface Series {
  name: string;
  colour: string;
  bands: Bands;
  dashed?: boolean;
}

export interface Chart {
  series: Series[];
  start: number; // calendar month of month 1
  low: number;
  high: number;
  write: (value: number) => string;
  month?: number; // marked
}

interface Frame {
  x: (k: number) => number; // of month k + 1
  y: (value: number) => number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

// A round number that is at least this one: 1, 2 or 5 times a power of ten.
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * (1 - 1e-9))!;
}

// The largest number that is drawn, and the smallest; what is not known is passed over.
export function extent(series: Series[]): [number, number] {
  const values = series.flatMap(({ bands }) => [...bands.low, ...bands.high]).filter(Number.isFinite);
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
}

function pieces(bands: Bands): [number, number][] {
  const found: [number, number][] = [];
  bands.median.forEach((value, k) => {
    if (!Number.isFinite(value)) return;
    const last = found[found.length - 1];
    if (last && last[1] === k - 1) last[1] = k;
    else found.push([k, k]);
  });
  return found;
}

function points(values: Float64Array, [from, to]: [number, number], { x, y }: Frame): string[] {
  return Array.from({ length: to - from + 1 }, (_, k) => `${x(from + k).toFixed(1)},${y(values[from + k]).toFixed(1)}`);
}

function curve({ bands, colour, dashed }: Series, frame: Frame): SVGElement[] {
  return pieces(bands).flatMap((piece) => {
    const area = [...points(bands.high, piece, frame), ...points(bands.low, piece, frame).reverse()].join(" ");
    const line = { points: points(bands.median, piece, frame).join(" "), fill: "none", stroke: colour, "stroke-width": 0.16 * rem(), "stroke-linejoin": "round" };
    return [s("polygon", { points: area, fill: translucent(colour, 0.18) }), s("polyline", dashed ? { ...line, "stroke-dasharray": "6 5" } : line)];
  });
}

function years(chart: Chart, frame: Frame, months: number): SVGElement[] {
  const first = (12 - (chart.start % 12)) % 12, room = (frame.right - frame.left) / (months / 12) / rem();
  const every = 12 * Math.max(1, Math.ceil(3.2 / room)), made: SVGElement[] = [];
  for (let k = first; k < months; k += every) made.push(label(String(Math.floor((chart.start + k) / 12)), frame.x(k), frame.bottom + 1.25 * rem(), { "text-anchor": "middle" }));
  return made;
}

function levels(chart: Chart, frame: Frame): SVGElement[] {
  return Array.from({ length: 5 }, (_, k) => chart.low + ((chart.high - chart.low) * k) / 4).flatMap((value) => [
    s("line", { x1: frame.left, x2: frame.right, y1: frame.y(value), y2: frame.y(value), stroke: Math.abs(value) < 1e-9 && chart.low < 0 ? MUTED : LINE }),
    label(chart.write(value), frame.left - 0.5 * rem(), frame.y(value) + 0.3 * rem(), { "text-anchor": "end" }),
  ]);
}

// A line of names above, each in the colour of its curve.
function names(series: Series[], left: number, width: number): SVGElement[] {
  const whole = series.reduce((sum, { name }) => sum + (2.8 + 0.53 * name.length) * rem(), 0);
  const size = Math.min(1, width / whole) * rem();
  let x = Math.max(0, Math.min(left, width - whole));
  return series.map(({ name, colour, dashed }) => {
    const made = s("g", {}, s("line", { x1: x, x2: x + 1.3 * size, y1: 0.8 * rem(), y2: 0.8 * rem(), stroke: colour, "stroke-width": 0.2 * rem(), ...(dashed ? { "stroke-dasharray": "5 4" } : {}) }));
    made.append(label(name, x + 1.6 * size, 1.1 * rem(), { fill: colour, "font-weight": 600, "font-size": 0.9 * size }));
    x += (2.8 + 0.53 * name.length) * size;
    return made;
  });
}

export function bandChart(chart: Chart, width: number, height: number): SVGSVGElement {
  const months = chart.series[0].bands.median.length, widest = Math.max(chart.write(chart.high).length, chart.write(chart.low).length);
  const left = (1.2 + 0.5 * widest) * rem(), right = width - 1.2 * rem(), top = 2.1 * rem(), bottom = height - 1.8 * rem();
  const frame: Frame = {
    left, right, top, bottom,
    x: (k) => left + ((right - left) * k) / Math.max(1, months - 1),
    y: (value) => bottom - ((bottom - top) * (value - chart.low)) / (chart.high - chart.low),
  };
  const mark = chart.month ? [s("line", { x1: frame.x(chart.month - 1), x2: frame.x(chart.month - 1), y1: top, y2: bottom, stroke: MUTED, "stroke-dasharray": "4 4" })] : [];
  return picture(width, height, ...levels(chart, frame), ...years(chart, frame, months), ...chart.series.flatMap((one) => curve(one, frame)), ...mark, ...names(chart.series, left, width));
}
