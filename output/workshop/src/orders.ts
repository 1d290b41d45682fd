// The same places in other waves: a rule that orders them is a resolved scenario of its own, which the
// program has put into the page beside the scenario.
import type { Scenario } from "./scenario";
import { type Setting, settingText } from "./settings";

export interface Order {
  rule: string;
  hash: string;
  waves: string;
  settings: string[]; // what makes the order, as --set takes it
  text: (string | number)[]; // first line and body of each section in turn; a number: the body of that section of the scenario's text
}

const KEYS = "scenario.";

export function isOrdering(setting: Setting): boolean {
  return setting.address.startsWith(KEYS);
}

function readOrdering(text: string): Setting {
  const at = text.indexOf("=");
  return { address: text.slice(0, at), change: "=", value: text.slice(at + 1) };
}

export function settingsOf(order: Order): Setting[] {
  return order.settings.map(readOrdering);
}

export function orderOf(scenario: Scenario, settings: Setting[]): Order | undefined {
  const texts = settings.filter(isOrdering).map(settingText);
  return scenario.orders.find((order) => order.settings.length === texts.length && order.settings.every((text) => texts.includes(text)));
}

// Of the texts of a link, those that make an order that there is.
export function readOrder(scenario: Scenario, texts: string[]): Setting[] {
  const order = scenario.orders.find(({ settings }) => settings.every((text) => texts.includes(text)));
  return order ? settingsOf(order) : [];
}

// The line before the first section counts as a section, as the program counts them.
function textOf(scenario: Scenario, order: Order): string {
  const sections = scenario.text.split(/^(?=\[)/m), body = (k: number) => sections[k].slice(sections[k].indexOf("\n") + 1);
  return order.text.map((piece) => (typeof piece === "string" ? piece : body(piece))).join("");
}

// The scenario whose waves stand in the order that the settings ask for.
export function inOrder(scenario: Scenario, settings: Setting[]): Scenario {
  const order = orderOf(scenario, settings);
  return order ? { ...scenario, hash: order.hash, waves: order.waves, text: textOf(scenario, order) } : scenario;
}
