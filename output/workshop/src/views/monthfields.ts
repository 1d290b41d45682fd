// The controls of a lever by month: months to choose from, and numbers within their range.
import { h } from "../dom";
import { monthName, t } from "../language";
import { monthText, waveOffset } from "../spans";

export interface Choice {
  id: string;
  label: string;
  value: string;
  onChoice: (value: string) => void;
}

// With a name before it that a screen reader says too.
export function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}

export function choose({ id, label, value, onChoice }: Choice, options: [string, string][]): HTMLElement {
  const items = options.map(([one, text]) => h("option", { value: one, selected: one === value }, text));
  return field(id, label, h("select", { id, onchange: (event) => onChoice((event.target as HTMLSelectElement).value) }, ...items));
}

function nameOfMonth(month: string): string {
  const offset = waveOffset(month);
  return offset === null ? month : t("months.wave", { number: offset });
}

// The months of the run; `open` is what no month means. A month that a link gives in another form is one more.
export function chooseMonth(choice: Choice, start: number, months: number, open?: string): HTMLElement {
  const options = Array.from({ length: months }, (_, k) => [monthText(start, k), monthName(start + k, "short")] as [string, string]);
  const isOther = choice.value !== "" && !options.some(([month]) => month === choice.value);
  const other: [string, string][] = isOther ? [[choice.value, nameOfMonth(choice.value)]] : [];
  return choose(choice, [...(open === undefined ? [] : [["", open] as [string, string]]), ...other, ...options]);
}

export interface Amount {
  id: string;
  label: string;
  value: number;
  low: number;
  high: number;
  onAmount: (value: number) => void;
}

export function amount({ id, label, value, low, high, onAmount }: Amount): HTMLElement {
  const take = () => {
    const given = Number(input.value);
    if (input.value === "" || !Number.isFinite(given)) input.value = String(value);
    else onAmount(Math.min(high, Math.max(low, given)));
  };
  const input: HTMLInputElement = h("input", { type: "number", id, min: low, max: high, step: "any", value, onchange: take });
  return field(id, label, input);
}

// Puts new controls in the place of old ones, and the keyboard back on the one it was on.
export function replaceControls(element: HTMLElement, ...controls: Node[]): void {
  const active = document.activeElement, focused = active && element.contains(active) ? active.id : "";
  element.replaceChildren(...controls);
  if (focused) document.getElementById(focused)?.focus();
}
