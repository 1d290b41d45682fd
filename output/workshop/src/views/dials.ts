// The three big levers. Each multiplies what the scenario asks for; 1 is the scenario as it is.
import { h } from "../dom";
import { number, t } from "../language";
import { DIALS, type Setting, valueOf } from "../settings";

const HIGH = 30; // tenths
const NEUTRAL = 10;

function textOf(tenths: number): string {
  return String(tenths / 10);
}

interface Dial {
  input: HTMLInputElement;
  shown: HTMLElement;
}

export class DialsView {
  readonly element: HTMLElement;
  private readonly dials = new Map<string, Dial>();

  constructor(onChange: (setting: Setting, isNothing: boolean) => void) {
    this.element = h("section", { class: "dials", "aria-label": t("dial.title") }, ...DIALS.map((name) => this.make(name, onChange)));
  }

  private make(name: string, onChange: (setting: Setting, isNothing: boolean) => void): HTMLElement {
    const shown = h("output", { for: `dial-${name}` });
    const input = h("input", {
      type: "range", id: `dial-${name}`, min: 0, max: HIGH, step: 1, list: "dial-marks", "aria-describedby": `about-${name}`,
      oninput: () => onChange({ address: name, change: "=", value: textOf(Number(input.value)) }, Number(input.value) === NEUTRAL),
    });
    this.dials.set(name, { input, shown });
    const label = h("label", { for: `dial-${name}` }, t(`dial.${name}`));
    const ends = h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, t("dial.none")), h("span", { class: "same" }, t("dial.same")), h("span", {}, t("dial.times", { number: number(HIGH / 10) })));
    return h("div", { class: "dial" }, h("div", { class: "head" }, label, shown), h("p", { id: `about-${name}` }, t(`dial.${name}.about`)), input, ends);
  }

  show(settings: Setting[]): void {
    for (const [name, { input, shown }] of this.dials) {
      const value = Number(valueOf(settings, name) ?? 1), text = t("dial.times", { number: number(value, 1) });
      input.value = String(Math.round(value * 10));
      input.style.setProperty("--share", `${(100 * Number(input.value)) / HIGH}%`);
      input.setAttribute("aria-valuetext", text);
      shown.textContent = text;
      shown.classList.toggle("changed", value !== 1);
    }
  }
}
