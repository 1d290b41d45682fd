// The month that all pictures show, and play.
import { h, prefersStillness } from "../dom";
import { monthName, t } from "../language";

const STEP = 90; // milliseconds a month

export class TimeView {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly button: HTMLButtonElement;
  private readonly shown = h("output", { for: "month" });
  private timer = 0;

  constructor(private readonly start: number, private readonly months: number, private readonly onMonth: (month: number) => void) {
    this.input = h("input", { type: "range", id: "month", min: 1, max: months, step: 1, "aria-label": t("time.month"), oninput: () => this.choose() });
    this.button = h("button", { type: "button", class: "play", onclick: () => (this.timer ? this.pause() : this.play()) });
    this.element = h("section", { class: "time", "aria-label": t("time.month") }, this.button, this.input, this.shown);
    this.name();
  }

  mark(month: number): void {
    this.input.value = String(Math.max(1, month));
    this.input.style.setProperty("--share", `${(100 * (Number(this.input.value) - 1)) / Math.max(1, this.months - 1)}%`);
    const text = monthName(this.start + Math.max(1, month) - 1);
    this.input.setAttribute("aria-valuetext", text);
    this.shown.textContent = text;
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.name();
  }

  private choose(): void {
    this.pause();
    this.onMonth(Number(this.input.value));
  }

  private name(): void {
    const text = t(this.timer ? "time.pause" : "time.play");
    this.button.setAttribute("aria-label", text);
    this.button.title = text;
    this.button.classList.toggle("playing", this.timer !== 0);
  }

  // Where motion is unwelcome, a year at a time.
  private play(): void {
    let month = Number(this.input.value) >= this.months ? 1 : Number(this.input.value);
    const years = prefersStillness();
    this.timer = window.setInterval(() => {
      month = Math.min(this.months, month + (years ? 12 : 1));
      this.onMonth(month);
      if (month === this.months) this.pause();
    }, years ? 1500 : STEP);
    this.name();
  }
}
