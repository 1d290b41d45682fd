// The model piece by piece. A step is the scenario without the pieces that are still to come, as settings
// that take them away; the last one is the scenario itself.
import type { Model } from "./scenario";
import { type Setting, settingText } from "./settings";

const PIECES: [string, string[]][] = [
  ["plan", []],
  ["tiers", ["briefings", "meetings"]],
  ["cities", ["direct_channel", "dialogues", "peer_exchanges", "regional_exchanges", "peer_effect"]],
  ["up", ["two_way", "responsiveness", "security_channel"]],
  ["resourcing", ["drafting_support", "grant"]],
  ["capacity", ["trainings"]],
  ["turnover", ["election", "staff_turnover"]],
  ["paper", ["mandate"]],
];

export const STEPS = PIECES.map(([name]) => name);

// Steps count from 1.
export function settingsOfStep(model: Model, step: number): Setting[] {
  const known = [...model.levers, ...model.parameters].map(({ name }) => name);
  const away = PIECES.slice(step).flatMap(([, names]) => names).filter((name) => known.includes(name));
  return away.map((address) => ({ address, change: "=", value: "0" }));
}

export function isStep(model: Model, step: number, settings: Setting[]): boolean {
  const texts = (of: Setting[]) => of.map(settingText).sort().join();
  return step > 0 && texts(settingsOfStep(model, step)) === texts(settings);
}
