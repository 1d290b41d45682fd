// Which view stands beside the dials.
import { h } from "../dom";
import { t } from "../language";
import { VIEWS } from "./panel";

export class NavView {
  readonly element: HTMLElement;
  private readonly buttons = new Map<string, HTMLButtonElement>();

  constructor(views: string[], onView: (view: string) => void) {
    for (const view of VIEWS.filter((name) => views.includes(name))) this.buttons.set(view, h("button", { type: "button", class: `view-${view}`, onclick: () => onView(view) }, t(`view.${view}`)));
    this.element = h("nav", { class: "views", "aria-label": t("view.title") }, ...this.buttons.values());
  }

  show(view: string): void {
    for (const [name, button] of this.buttons) {
      if (name === view) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  }
}
