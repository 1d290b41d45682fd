// The scenario, the language, steps back and forward, and what can be taken along.
import { h } from "../dom";
import { LANGUAGES, language, t } from "../language";
import type { Contents } from "../scenario";
import { s } from "../svg";
import { copying } from "./copying";

export interface Actions {
  onScenario: (index: number) => void;
  onLanguage: (language: string) => void;
  onReset: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onReplay: () => void;
  link: () => string;
  onTake: () => void;
}

function choice(label: string, name: string, options: [string, string][], chosen: string, onChoice: (value: string) => void): HTMLElement {
  const items = options.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
  return h("select", { class: name, "aria-label": label, onchange: (event) => onChoice((event.target as HTMLSelectElement).value) }, ...items);
}

// An arrow that turns back around a play mark.
function replayMark(): SVGElement {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": 2.2, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: "M4 13a8 8 0 1 0 2.6-6.9L4 8.5M4 3.8v4.7h4.7", ...line }), s("path", { d: "M10 9.3l5.4 3.4-5.4 3.4z", fill: "currentColor" }));
}

export class HeaderView {
  readonly element: HTMLElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly reset: HTMLButtonElement;
  private readonly replay: HTMLButtonElement;

  constructor(contents: Contents, chosen: number, actions: Actions) {
    const scenarios = contents.scenarios.map(({ title, name }, k) => [String(k), title || name] as [string, string]);
    const languages = LANGUAGES.map((tag) => [tag, t(`language.${tag}`)] as [string, string]);
    // A list to choose from has one line, and a title often needs two: the list lies over the title, unseen.
    const title = h("span", { class: "scenario", "aria-hidden": String(scenarios.length > 1) }, scenarios[chosen][1]);
    const others = scenarios.length > 1 ? [choice(t("header.scenario"), "scenario", scenarios, String(chosen), (value) => actions.onScenario(Number(value)))] : [];
    this.undo = h("button", { type: "button", class: "undo", title: t("action.undo"), "aria-label": t("action.undo"), onclick: actions.onUndo }, "↶");
    this.redo = h("button", { type: "button", class: "redo", title: t("action.redo"), "aria-label": t("action.redo"), onclick: actions.onRedo }, "↷");
    this.reset = h("button", { type: "button", class: "reset", onclick: actions.onReset }, t("action.reset"));
    this.replay = h("button", { type: "button", class: "replay", title: t("action.replay"), "aria-label": t("action.replay"), onclick: actions.onReplay }, replayMark());
    const home = h("button", { type: "button", class: "home", onclick: actions.onTake }, t("take.title"));
    const languageChoice = choice(t("header.language"), "language", languages, language(), actions.onLanguage);
    this.element = h("header", {}, h("h1", {}, title, ...others), h("div", { class: "actions" }, this.undo, this.redo, this.replay, this.reset, home, copying("action.link", "link", actions.link), languageChoice));
  }

  show(canUndo: boolean, canRedo: boolean, canReset: boolean, canReplay: boolean): void {
    this.undo.disabled = !canUndo;
    this.redo.disabled = !canRedo;
    this.reset.disabled = !canReset;
    this.replay.disabled = !canReplay;
  }
}
