// Marks that are drawn once and put down many times, pixel by pixel: paths by the thousand take a browser
// without a graphics card longer than the runs that they show.
import { MUTED } from "../colours";
import { h } from "../dom";

const MOST_STAMPS = 200;
const stamps = new Map<string, Stamp>();

// The pixels of a mark that are not clear, those that hide what is below first.
export interface Stamp {
  half: number; // of its size, in pixels
  numHiding: number;
  column: Int16Array;
  row: Int16Array;
  word: Uint32Array; // the pixel, and the same in bytes
  bytes: Uint8ClampedArray;
}

// A place is a dot; one that has others below it is a ring around them.
function draw(context: CanvasRenderingContext2D, middle: number, radius: number, colour: string, isRing: boolean): void {
  context.beginPath();
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  if (!isRing) context.fill();
  context.lineWidth = devicePixelRatio * (isRing ? 1.5 : 0.4);
  context.strokeStyle = isRing ? colour : MUTED;
  context.stroke();
}

function inkOf({ width: size, data }: ImageData): Stamp {
  const all = new Uint32Array(data.buffer), alpha = Array.from(all, (_, k) => data[4 * k + 3]), pixels = Array.from(all.keys());
  const hiding = pixels.filter((k) => alpha[k] === 255), from = [...hiding, ...pixels.filter((k) => alpha[k] > 0 && alpha[k] < 255)];
  const word = Uint32Array.from(from, (k) => all[k]), bytes = new Uint8ClampedArray(word.buffer);
  return { half: size / 2, numHiding: hiding.length, column: Int16Array.from(from, (k) => k % size), row: Int16Array.from(from, (k) => Math.floor(k / size)), word, bytes };
}

export function stampOf(radius: number, colour: string, isRing: boolean): Stamp {
  const key = `${radius} ${colour} ${isRing} ${devicePixelRatio}`, known = stamps.get(key);
  if (known) return known;
  if (stamps.size === MOST_STAMPS) stamps.clear();
  const half = Math.ceil((radius + 1) * devicePixelRatio), size = 2 * half;
  const context = h("canvas", { width: size, height: size }).getContext("2d", { willReadFrequently: true })!;
  draw(context, half, radius * devicePixelRatio, colour, isRing);
  const stamp = inkOf(context.getImageData(0, 0, size, size));
  stamps.set(key, stamp);
  return stamp;
}

// A picture of pixels, which begins empty.
export class Sheet {
  readonly image: ImageData;
  private readonly words: Uint32Array; // a pixel each

  constructor(width: number, height: number) {
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  clear(): void {
    this.words.fill(0);
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
