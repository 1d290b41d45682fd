// What a reader chose of what the views can show. A view's first choice is what it shows by itself: it is not
// kept, and so makes no link longer.
import { h } from "./dom";

export const CHOICES = ["flow", "period", "country", "rows", "measure", "where", "list", "part"] as const;
export type Choice = (typeof CHOICES)[number];
export type Choices = Partial<Record<Choice, string>>;
export type OnChoice = (choice: Choice, value: string) => void;

export function withChoice(choices: Choices, choice: Choice, value: string): Choices {
  const { [choice]: _, ...others } = choices;
  return value === "" ? others : { ...others, [choice]: value };
}

// A list of what a view can show. Its first value stands for no choice.
export class ChoiceList {
  readonly element: HTMLSelectElement;

  constructor(private readonly choice: Choice, label: string, options: [string, string][], onChoice: OnChoice) {
    this.element = h("select", { class: choice, "aria-label": label, onchange: () => onChoice(choice, this.element.selectedIndex === 0 ? "" : this.value) });
    this.fill(options);
  }

  get value(): string {
    return this.element.value;
  }

  fill(options: [string, string][]): void {
    this.element.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
  }

  // Where a link says what this list does not have, it stands as it would without it.
  show(choices: Choices): void {
    const values = [...this.element.options].map(({ value }) => value);
    this.element.selectedIndex = Math.max(0, values.indexOf(choices[this.choice] ?? ""));
  }
}

export interface Tab {
  name: string;
  text: string;
  part: HTMLElement;
}

// Parts of a view, of which one is open.
export class ChoiceTabs {
  readonly element: HTMLElement;
  private readonly buttons: HTMLButtonElement[];

  constructor(private readonly choice: Choice, private readonly tabs: Tab[], onChoice: OnChoice) {
    this.buttons = tabs.map(({ name, text }) => h("button", { type: "button", class: `${choice}-${name}`, onclick: () => onChoice(choice, name) }, text));
    this.element = h("div", { class: "tabs" }, ...this.buttons);
    this.show({}, tabs[0].name);
  }

  show(choices: Choices, standard: string): void {
    const wanted = choices[this.choice] ?? standard, open = this.tabs.some(({ name }) => name === wanted) ? wanted : standard;
    this.tabs.forEach(({ name, part }, k) => {
      part.hidden = name !== open;
      this.buttons[k].setAttribute("aria-pressed", String(name === open));
    });
  }
}
