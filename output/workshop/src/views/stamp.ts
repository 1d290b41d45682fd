// Marks that are drawn once and put down many times, pixel by pixel: paths by the thousand take a browser
// without a graphics card longer than the runs that they show.
import { MUTED } from "../colours";
import { h } from "../dom";
import { ownerOf } from "./cells";
import type { Layout } from "./layout";

const MOST_STAMPS = 200;
const stamps = new Map<string, Stamp>();

interface Circle {
  radius: number;
  fill: string;
  stroke: string;
  width: number;
}

// The pixels of a mark that are not clear, those that hide what is below first.
export interface Stamp {
  half: number; // of its size, in pixels
  numHiding: number;
  column: Int16Array;
  row: Int16Array;
  word: Uint32Array; // the pixel, and the same in bytes
  bytes: Uint8ClampedArray;
}

// A place is a dot; one that has others below it is a ring around them that stands out from their colours. From
// below to the top.
export function circlesOf({ dot, ring }: Layout, colour: string, isRing: boolean): Circle[] {
  if (!isRing) return [{ radius: dot, fill: colour, stroke: MUTED, width: 0.4 }];
  return [{ width: 3.5, stroke: "#fff" }, { width: 1.5, stroke: colour }].map((line) => ({ ...line, radius: ring, fill: "none" }));
}

function draw(context: CanvasRenderingContext2D, middle: number, { radius, fill, stroke, width }: Circle): void {
  context.beginPath();
  context.arc(middle, middle, radius * devicePixelRatio, 0, 2 * Math.PI);
  context.fillStyle = fill;
  if (fill !== "none") context.fill();
  context.lineWidth = devicePixelRatio * width;
  context.strokeStyle = stroke;
  context.stroke();
}

function inkOf({ width: size, data }: ImageData): Stamp {
  const all = new Uint32Array(data.buffer), alpha = Array.from(all, (_, k) => data[4 * k + 3]), pixels = Array.from(all.keys());
  const hiding = pixels.filter((k) => alpha[k] === 255), from = [...hiding, ...pixels.filter((k) => alpha[k] > 0 && alpha[k] < 255)];
  const word = Uint32Array.from(from, (k) => all[k]), bytes = new Uint8ClampedArray(word.buffer);
  return { half: size / 2, numHiding: hiding.length, column: Int16Array.from(from, (k) => k % size), row: Int16Array.from(from, (k) => Math.floor(k / size)), word, bytes };
}

export function stampOf(layout: Layout, colour: string, isRing: boolean): Stamp {
  const key = `${isRing ? layout.ring : layout.dot} ${colour} ${isRing} ${devicePixelRatio}`, known = stamps.get(key);
  if (known) return known;
  if (stamps.size === MOST_STAMPS) stamps.clear();
  const circles = circlesOf(layout, colour, isRing), half = Math.ceil(Math.max(...circles.map((circle) => circle.radius + circle.width)) * devicePixelRatio), size = 2 * half;
  const context = h("canvas", { width: size, height: size }).getContext("2d", { willReadFrequently: true })!;
  for (const circle of circles) draw(context, half, circle);
  const stamp = inkOf(context.getImageData(0, 0, size, size));
  stamps.set(key, stamp);
  return stamp;
}

function wordOf(colour: string): number {
  const bytes = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return new Uint32Array(new Uint8Array([...bytes, 255]).buffer)[0];
}

// A picture of pixels, which begins clear.
export class Sheet {
  readonly image: ImageData;
  private readonly words: Uint32Array; // a pixel each

  constructor(width: number, height: number) {
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  // Each pixel in the colour of the class of the place that it belongs to, or clear.
  fill(owners: Uint32Array, byClass: number[][], colours: string[]): void {
    const word = new Uint32Array(ownerOf(byClass.flat().reduce((most, i) => Math.max(most, i), 0)) + 1);
    byClass.forEach((those, c) => {
      const ofClass = wordOf(colours[c]);
      for (const i of those) word[ownerOf(i)] = ofClass;
    });
    for (let at = 0; at < owners.length; at++) this.words[at] = word[owners[at]];
  }

  // Around a point, to the whole pixel.
  put(stamp: Stamp, x: number, y: number): void {
    const { half, numHiding, column, row, word } = stamp, { width, height } = this.image, { words } = this;
    const left = Math.round(x * devicePixelRatio) - half, top = Math.round(y * devicePixelRatio) - half;
    const isWithin = left >= 0 && top >= 0 && left + 2 * half <= width && top + 2 * half <= height;
    for (let k = 0; k < word.length; k++) {
      const across = left + column[k], down = top + row[k], at = down * width + across;
      if (!isWithin && (across < 0 || down < 0 || across >= width || down >= height)) continue;
      if (k < numHiding || words[at] === 0) words[at] = word[k];
      else this.cover(4 * at, stamp.bytes, 4 * k);
    }
  }

  // One pixel over another, both with their share of cover.
  private cover(to: number, above: Uint8ClampedArray, from: number): void {
    const below = this.image.data, over = above[from + 3], under = (below[to + 3] * (255 - over)) / 255, whole = over + under;
    for (let c = 0; c < 3; c++) below[to + c] = (above[from + c] * over + below[to + c] * under) / whole;
    below[to + 3] = whole;
  }
}
