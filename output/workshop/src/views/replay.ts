// The last change once more, at a pace for a room: how it stood before, what moved, then curve by curve what came
// of it. Each step waits for a while or for a key; where motion is unwelcome nothing moves by itself.
import { bandChart, type Series } from "../bands";
import { ADOPTED, FUNCTIONING, GAP, MUTED } from "../colours";
import { h, prefersStillness } from "../dom";
import type { Bands, Ensemble } from "../engine/ensemble";
import { monthName, nameOf, number, percent, percentRange, t } from "../language";
import { isOrdering } from "../orders";
import { readAddress, type Setting, settingOf } from "../settings";
import { wordsOf } from "./places";

const PACE = 5000; // milliseconds a step
const MOVE = 1800; // of a curve from where it was to where it is

interface Curve {
  measure: string;
  tile: string;
  colour: string;
}

const CURVES: Curve[] = [
  { measure: "adopted", tile: "tile.adopted", colour: ADOPTED },
  { measure: "functioning", tile: "tile.functioning", colour: FUNCTIONING },
  { measure: "paper_plan_gap", tile: "tile.gap", colour: MUTED },
];

const FIRST_CURVE = 2; // after the start and the move

function valueText(setting: Setting | undefined): string {
  if (!setting) return t("replay.asis");
  const value = Number(setting.value), text = Number.isFinite(value) ? number(value, value % 1 === 0 ? 0 : 1) : setting.value;
  return setting.change === "*=" ? t("dial.times", { number: text }) : setting.change === "+=" ? `+ ${text}` : text;
}

function addressText(text: string): string {
  const address = readAddress(text)!;
  return [nameOf(address.name), wordsOf(address)].filter((words) => words !== "").join(" · ");
}

// Each address that differs: "Resourcing: 1.0 → 2.0".
export function changesBetween(before: Setting[], after: Setting[]): string[] {
  const isOrdered = [...before, ...after].some(isOrdering), addresses = [...new Set([...before, ...after].filter((setting) => !isOrdering(setting)).map(({ address }) => address))];
  const differing = addresses.filter((address) => valueText(settingOf(before, address)) !== valueText(settingOf(after, address)));
  const said = differing.map((address) => t("replay.change", { name: addressText(address), before: valueText(settingOf(before, address)), after: valueText(settingOf(after, address)) }));
  return said.length === 0 && isOrdered ? [t("replay.order")] : said;
}

// Part of the way from one to the other.
function between(before: Bands, after: Bands, share: number): Bands {
  const mix = (from: Float64Array, to: Float64Array) => from.map((value, k) => value + share * ((to[k] ?? value) - value));
  return { median: mix(before.median, after.median), low: mix(before.low, after.low), high: mix(before.high, after.high) };
}

class Replay {
  private readonly frame = h("div", { class: "frame", role: "img" });
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly where = h("span", { class: "where" });
  private readonly pause = h("button", { type: "button", class: "pause", onclick: () => (this.timer ? this.halt() : this.run()) });
  private readonly back = h("button", { type: "button", class: "back", onclick: () => this.step(-1) }, t("replay.back"));
  private readonly next = h("button", { type: "button", class: "next", onclick: () => this.step(1) }, t("replay.next"));
  private readonly dialog: HTMLDialogElement;
  private readonly bands: [Bands, Bands][];
  private at = 0;
  private timer = 0;
  private drawing = 0;

  constructor(private readonly before: Ensemble, private readonly after: Ensemble, private readonly onClose: () => void) {
    this.bands = CURVES.map(({ measure }) => [before.bands(measure), after.bands(measure)]);
    const stop = h("button", { type: "button", class: "stop", onclick: () => this.dialog.close() }, t("replay.stop"));
    this.dialog = h("dialog", { class: "replay", "aria-label": t("action.replay"), onclose: () => this.end(), onkeydown: (event) => this.key(event as KeyboardEvent) },
      h("h2", {}, t("action.replay")), this.said, this.frame, h("div", { class: "end" }, this.where, this.back, this.pause, this.next, stop));
  }

  open(): void {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.next.focus();
    new ResizeObserver(() => this.draw(1)).observe(this.frame);
    this.show();
    if (prefersStillness()) this.halt();
    else this.run();
  }

  private get steps(): number {
    return FIRST_CURVE + CURVES.length;
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    this.step(way);
  }

  private run(): void {
    if (this.at === this.steps - 1) this.go(0);
    clearInterval(this.timer);
    this.timer = window.setInterval(() => this.go(this.at + 1), PACE);
    this.pause.textContent = t("replay.pause");
  }

  private halt(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.pause.textContent = t("replay.run");
  }

  // Whoever steps by hand sets the pace.
  private step(way: number): void {
    this.halt();
    this.go(this.at + way);
  }

  private go(at: number): void {
    this.at = Math.max(0, Math.min(this.steps - 1, at));
    if (this.at === this.steps - 1) this.halt();
    this.show();
  }

  private end(): void {
    this.halt();
    cancelAnimationFrame(this.drawing);
    this.dialog.remove();
    this.onClose();
  }

  private show(): void {
    this.dialog.dataset.step = String(this.at);
    this.back.disabled = this.at === 0;
    this.next.disabled = this.at === this.steps - 1;
    this.where.textContent = t("replay.step", { number: number(this.at + 1), all: number(this.steps) });
    this.said.textContent = this.text();
    this.frame.setAttribute("aria-label", this.said.textContent);
    this.move();
  }

  private text(): string {
    const changes = changesBetween(this.before.settings, this.after.settings).join("; ");
    if (this.at < FIRST_CURVE) return t(this.at === 0 ? "replay.before" : "replay.moves", { changes });
    const [before, after] = this.bands[this.at - FIRST_CURVE], k = Math.min(before.median.length, after.median.length) - 1;
    const values = { before: percent(before.median[k]), after: percent(after.median[k]), range: percentRange(after.low[k], after.high[k]), month: monthName(this.after.scenario.start + k) };
    return t("replay.curve", { name: t(CURVES[this.at - FIRST_CURVE].tile), ...values });
  }

  // The newest curve goes from where it was to where it is.
  private move(): void {
    cancelAnimationFrame(this.drawing);
    if (this.at < FIRST_CURVE || prefersStillness()) return this.draw(1);
    const begin = performance.now(), frame = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - begin) / MOVE));
      this.draw(share * share * (3 - 2 * share));
      if (share < 1) this.drawing = requestAnimationFrame(frame);
    };
    this.drawing = requestAnimationFrame(frame);
  }

  private draw(share: number): void {
    const { clientWidth: width, clientHeight: height } = this.frame, { start } = this.after.scenario;
    if (width === 0 || height === 0) return;
    const series = CURVES.flatMap((curve, k): Series[] => {
      const [before, after] = this.bands[k], moved = this.at - FIRST_CURVE - k, name = t(curve.tile);
      if (moved < 0) return k < 2 ? [{ name, colour: curve.colour, bands: before }] : [];
      const trace = { name: t("replay.was", { name }), colour: GAP, bands: { median: before.median, low: before.median, high: before.median }, dashed: true };
      return [...(moved === 0 ? [trace] : []), { name, colour: curve.colour, bands: moved > 0 ? after : between(before, after, share) }];
    });
    this.frame.replaceChildren(bandChart({ series, start, low: 0, high: 1, write: percent }, width, height));
  }
}

export function openReplay(before: Ensemble, after: Ensemble, onClose: () => void): void {
  new Replay(before, after, onClose).open();
}
