// The views beside the dials. Each is made when it is first asked for, so that the first picture does not wait
// for views that nobody looks at yet.
import { h } from "../dom";
import type { Panel } from "./panel";

export class Panels {
  private readonly made = new Map<string, Panel>();
  private readonly elements = new Map<string, HTMLElement>();

  constructor(private readonly makers: Record<string, () => Panel>) {
    for (const name of this.names) this.elements.set(name, h("div", { hidden: true }));
  }

  get names(): string[] {
    return Object.keys(this.makers);
  }

  // Where each stands, made or not.
  element(name: string): HTMLElement {
    return this.elements.get(name)!;
  }

  get(name: string): Panel {
    return this.made.get(name) ?? this.make(name);
  }

  all(): Panel[] {
    return this.names.map((name) => this.get(name));
  }

  private make(name: string): Panel {
    const panel = this.makers[name]();
    this.made.set(name, panel);
    this.element(name).replaceWith(panel.element);
    this.elements.set(name, panel.element);
    return panel;
  }
}
