// Marks that are drawn once and put down many times, pixel by pixel: paths by the thousand take a browser
// without a graphics card longer than the runs that they show.
import { MUTED } from "../colours";
import { h } from "../dom";

const MOST_STAMPS = 200;
const stamps = new Map<string, ImageData>();

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

export function stampOf(radius: number, colour: string, isRing: boolean): ImageData {
  const key = `${radius} ${colour} ${isRing} ${devicePixelRatio}`, known = stamps.get(key);
  if (known) return known;
  if (stamps.size === MOST_STAMPS) stamps.clear();
  const half = Math.ceil((radius + 1) * devicePixelRatio), size = 2 * half;
  const context = h("canvas", { width: size, height: size }).getContext("2d", { willReadFrequently: true })!;
  draw(context, half, radius * devicePixelRatio, colour, isRing);
  const stamp = context.getImageData(0, 0, size, size);
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

  // Around a point, to the whole pixel.
  put(stamp: ImageData, x: number, y: number): void {
    const size = stamp.width, left = Math.round(x * devicePixelRatio) - size / 2, top = Math.round(y * devicePixelRatio) - size / 2;
    const { width, height } = this.image, last = Math.min(size, width - left), end = Math.min(size, height - top);
    for (let row = Math.max(0, -top); row < end; row++)
      for (let column = Math.max(0, -left); column < last; column++) this.cover((top + row) * width + left + column, stamp.data, 4 * (row * size + column));
  }

  // One pixel over another, both with their share of cover.
  private cover(at: number, above: Uint8ClampedArray, from: number): void {
    const over = above[from + 3];
    if (over === 0) return;
    const below = this.image.data, to = 4 * at, under = over === 255 || this.words[at] === 0 ? 0 : (below[to + 3] * (255 - over)) / 255, whole = over + under;
    for (let c = 0; c < 3; c++) below[to + c] = (above[from + c] * over + below[to + c] * under) / whole;
    below[to + 3] = whole;
  }
}
