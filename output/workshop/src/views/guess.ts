// Think first: the room says what it expects, then sees the curve and how far off it was.
import { bandChart, type Series } from "../bands";
import { FUNCTIONING } from "../colours";
import { h } from "../dom";
import type { Bands } from "../engine/ensemble";
import { monthName, number, percent, percentRange, t } from "../language";
import { remember, remembered } from "../memory";
import type { Scenario } from "../scenario";
import { label, rem, s } from "../svg";
import { seriesCsv, seriesTable } from "../table";
import { Figure } from "./figure";
import type { Shown } from "./panel";
import { part } from "./part";

const GUESS = "#8a1f4d";

export class GuessExercise {
  readonly element: HTMLElement;
  readonly figure = new Figure("guess", t("guess.title"));
  private readonly input = h("input", { type: "number", id: "guess", min: 0, max: 100, step: 1 });
  private readonly button = h("button", { type: "button", class: "reveal", onclick: () => this.toggle() }, t("guess.reveal"));
  private readonly said = h("p", { class: "said", role: "status" });
  private revealed = false;
  private last: Shown | null = null;

  constructor(private readonly scenario: Scenario, private readonly onThinking: () => void) {
    const ask = h("label", { for: "guess", class: "ask" }, t("guess.ask", { month: monthName(scenario.start + scenario.months - 1) }));
    this.element = part("guess", h("div", { class: "asked" }, ask, this.input, this.button), this.said, this.figure.element);
    this.figure.element.hidden = true;
    this.input.addEventListener("input", () => this.remember());
    const known = remembered("guess") as { value?: unknown; revealed?: unknown } | undefined;
    if (/^[0-9]{1,3}$/.test(String(known?.value)) && Number(known!.value) <= 100) this.input.value = String(known!.value);
    if (this.input.value !== "" && known?.revealed === true) this.reveal(true);
  }

  private remember(): void {
    remember("guess", { value: this.input.value, revealed: this.revealed });
  }

  private reveal(isRevealed: boolean): void {
    this.revealed = isRevealed;
    this.button.textContent = t(isRevealed ? "guess.again" : "guess.reveal");
    this.figure.element.hidden = !isRevealed;
    this.remember();
  }

  // Nothing on the page may then give the answer away.
  get isThinking(): boolean {
    return !this.revealed && !this.element.hidden;
  }

  show(shown: Shown): void {
    this.last = shown;
    if (this.revealed) this.draw();
  }

  private toggle(): void {
    if (this.input.value === "" || !this.last) return this.input.focus();
    this.reveal(!this.revealed);
    this.said.textContent = "";
    this.onThinking();
    if (this.revealed) this.draw();
  }

  private draw(): void {
    const { start, months } = this.scenario, bands = this.last!.ensemble.bands("functioning"), guess = Number(this.input.value) / 100;
    const series: Series[] = [{ name: t("measure.functioning"), colour: FUNCTIONING, bands }];
    this.figure.show({
      draw: (width, height) => this.withGuess(bandChart({ series, start, low: 0, high: 1, write: percent }, width, height), guess, width, height),
      table: () => seriesTable(series, start, percent),
      csv: () => seriesCsv(series, start),
      summary: this.tell(bands, guess, months - 1),
    });
  }

  private withGuess(svg: SVGSVGElement, guess: number, width: number, height: number): SVGSVGElement {
    const top = 2.1 * rem(), bottom = height - 1.8 * rem(), x = width - 1.2 * rem(), y = bottom - (bottom - top) * guess;
    svg.append(s("circle", { cx: x, cy: y, r: 0.5 * rem(), fill: GUESS }), label(t("guess.yours"), x - 0.8 * rem(), y + 0.3 * rem(), { "text-anchor": "end", fill: GUESS, "font-weight": 650, "font-size": rem() }));
    return svg;
  }

  private tell({ median, low, high }: Bands, guess: number, k: number): string {
    const away = Math.round(100 * Math.abs(median[k] - guess)), key = guess >= low[k] && guess <= high[k] ? "guess.inside" : guess > high[k] ? "guess.above" : "guess.below";
    this.said.textContent = t(key, { points: number(away), value: percent(median[k]), range: percentRange(low[k], high[k]) });
    return this.said.textContent;
  }
}
