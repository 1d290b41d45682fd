// The story: the model is revealed piece by piece, each piece with what it does to plans. What is shown is
// computed by the engine with the pieces that have come so far.
import { bandChart, type Series } from "../bands";
import { ADOPTED, FUNCTIONING, GAP } from "../colours";
import { h } from "../dom";
import type { Bands } from "../engine/ensemble";
import { monthName, number, percent, percentRange, t } from "../language";
import type { Scenario } from "../scenario";
import type { Setting } from "../settings";
import { isStep, settingsOfStep, STEPS } from "../storysteps";
import { seriesCsv, seriesTable } from "../table";
import { Figure } from "./figure";
import type { Shown } from "./panel";
import { part } from "./part";

export interface StoryActions {
  onStep: (step: number, settings: Setting[]) => void;
}

const MOVES: Record<string, number> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

export class Story {
  readonly element: HTMLElement;
  readonly figure = new Figure("story", t("story.title"));
  private readonly list: HTMLButtonElement[];
  private readonly heading = h("h2", { class: "step" });
  private readonly about = h("p", { class: "about" });
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly back = h("button", { type: "button", class: "back-step", onclick: () => this.go(this.step - 1) }, t("story.back"));
  private readonly next = h("button", { type: "button", class: "next-step", onclick: () => this.go(this.step + 1) });
  private readonly moved = h("p", { class: "moved", hidden: true }, t("story.moved"), " ", h("button", { type: "button", onclick: () => this.go(this.step) }, t("story.again")));
  private readonly ends = new Map<number, Bands>(); // functioning, by step, as far as they have been shown
  private step = 0;
  private readonly hear = (event: KeyboardEvent) => this.press(event);

  constructor(private readonly scenario: Scenario, private readonly actions: StoryActions) {
    this.list = STEPS.map((name, k) => h("button", { type: "button", onclick: () => this.go(k + 1) }, t(`story.${name}`)));
    const steps = h("ol", { class: "steps-of" }, ...this.list.map((button) => h("li", {}, button)));
    const told = h("div", { class: "chapter" }, this.heading, this.about, this.moved, this.said, this.figure.element);
    this.element = part("story", h("div", { class: "telling" }, h("div", { class: "pieces" }, h("div", { class: "turn" }, this.back, this.next), steps), told));
    window.addEventListener("keydown", this.hear);
  }

  // At once, before anything has run.
  mark(step: number, settings: Setting[]): void {
    this.step = step;
    const name = STEPS[step - 1];
    this.heading.textContent = step === 0 ? t("story.title") : t("story.step", { number: number(step), all: number(STEPS.length), name: t(`story.${name}`) });
    this.about.textContent = step === 0 ? t("story.about") : t(`story.${name}.about`);
    this.list.forEach((button, k) => {
      button.classList.toggle("passed", k < step);
      if (k === step - 1) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    this.back.disabled = step <= 1;
    this.next.disabled = step === STEPS.length;
    this.next.textContent = t(step === 0 ? "story.begin" : "story.next");
    this.moved.hidden = step === 0 || isStep(this.scenario.model, step, settings);
    this.figure.element.hidden = this.said.hidden = step === 0;
  }

  show({ ensemble, state }: Shown): void {
    if (state.step === 0 || ensemble.settings !== state.settings) return;
    const { start } = this.scenario, adopted = ensemble.bands("adopted"), functioning = ensemble.bands("functioning"), before = this.ends.get(state.step - 1);
    if (isStep(this.scenario.model, state.step, state.settings)) this.ends.set(state.step, functioning);
    const series: Series[] = [
      ...(before ? [{ name: t("story.before"), colour: GAP, bands: before, dashed: true }] : []),
      { name: t("tile.adopted"), colour: ADOPTED, bands: adopted },
      { name: t("tile.functioning"), colour: FUNCTIONING, bands: functioning },
    ];
    this.tell(adopted, functioning);
    this.figure.show({
      draw: (width, height) => bandChart({ series, start, low: 0, high: 1, write: percent, month: state.month }, width, height),
      table: () => seriesTable(series, start, percent),
      csv: () => seriesCsv(series, start),
      summary: this.said.textContent!,
    });
  }

  private tell(adopted: Bands, functioning: Bands): void {
    const k = this.scenario.months - 1, range = ({ low, high }: Bands) => percentRange(low[k], high[k]);
    const values = { adopted: percent(adopted.median[k]), functioning: percent(functioning.median[k]), plans: range(adopted), working: range(functioning) };
    this.said.textContent = t("story.said", { ...values, month: monthName(this.scenario.start + k) });
  }

  private go(step: number): void {
    if (step >= 1 && step <= STEPS.length) this.actions.onStep(step, settingsOfStep(this.scenario.model, step));
  }

  // Presenters' remotes send the page keys.
  private press(event: KeyboardEvent): void {
    if (!this.element.isConnected) return window.removeEventListener("keydown", this.hear);
    const isBusy = event.target instanceof Element && event.target.closest("input, select, textarea, dialog") !== null;
    if (isBusy || event.altKey || event.ctrlKey || event.metaKey || !(event.key in MOVES) || this.element.offsetParent === null) return;
    event.preventDefault();
    this.go(this.step + MOVES[event.key]);
  }
}
