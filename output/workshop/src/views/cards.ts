// Event cards: what happens to a programme, as settings of levers that can be read on the card.
import { h } from "../dom";
import { t } from "../language";
import type { Model } from "../scenario";
import { type Setting, settingText, withSetting } from "../settings";
import type { RoomActions } from "./room";
import { part } from "./part";

const CARDS: Record<string, Setting[]> = {
  election: [{ address: "election", change: "=", value: "0.03" }],
  cliff: [{ address: "grant", change: "=", value: "0" }, { address: "drafting_support", change: "=", value: "0" }],
  lapse: [{ address: "nap_active", change: "=", value: "0" }],
  turnover: [{ address: "staff_turnover", change: "*=", value: "3" }],
  mandate: [{ address: "mandate", change: "=", value: "1" }, { address: "mandate_clarity", change: "=", value: "1" }, { address: "deadline", change: "=", value: "1" }],
  silence: [{ address: "responsiveness", change: "=", value: "0" }, { address: "two_way", change: "=", value: "0" }],
};

const same = (a: Setting, b: Setting) => settingText(a) === settingText(b);

export class EventCards {
  readonly element: HTMLElement;
  private readonly buttons = new Map<string, HTMLButtonElement>();

  constructor(model: Model, private readonly actions: RoomActions) {
    const known = (name: string) => CARDS[name].every(({ address }) => model.levers.some((lever) => lever.name === address));
    const cards = Object.keys(CARDS).filter(known).map((name) => this.card(name));
    this.element = part("cards", h("p", { class: "said" }, t("card.about")), h("div", { class: "deck" }, ...cards));
  }

  mark(settings: Setting[]): void {
    for (const [name, button] of this.buttons) button.setAttribute("aria-pressed", String(this.isPlayed(name, settings)));
  }

  private card(name: string): HTMLElement {
    const rows = CARDS[name].map((setting) => h("code", {}, settingText(setting)));
    const button = h("button", { type: "button", class: `card ${name}`, "aria-pressed": "false", onclick: () => this.play(name) }, h("strong", {}, t(`card.${name}`)), h("span", {}, t(`card.${name}.about`)), ...rows);
    this.buttons.set(name, button);
    return button;
  }

  private isPlayed(name: string, settings: Setting[]): boolean {
    return CARDS[name].every((row) => settings.some((setting) => same(setting, row)));
  }

  // A card that lies on the table is taken back.
  private play(name: string): void {
    const settings = this.actions.settings(), isPlayed = this.isPlayed(name, settings);
    this.actions.onSettings(CARDS[name].reduce((all, row) => withSetting(all, row, isPlayed), settings));
  }
}
