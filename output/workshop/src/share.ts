// The state in the fragment of the address, so that a link is all there is to share.
import { CHOICES, type Choices } from "./choices";
import { preferredLanguage } from "./language";
import type { Contents, Scenario } from "./scenario";
import { groupsOf } from "./obstacles";
import { readOrder } from "./orders";
import { readSetting, settingText, type Setting } from "./settings";
import { HAS_PLAN, stageChoices } from "./stages";
import type { State } from "./state";
import { countsOf, textOf as countsText } from "./survey";
import { STEPS } from "./storysteps";
import { VIEWS } from "./views/panel";

export const REPLICATES = 32;
const MOST_REPLICATES = 1000;

export function fragmentOf(contents: Contents, state: State): string {
  const scenario = contents.scenarios[state.scenario], words = new URLSearchParams();
  words.set("scenario", scenario.name);
  for (const setting of state.settings) words.append("set", settingText(setting));
  if (state.replicates !== REPLICATES) words.set("replicates", String(state.replicates));
  if (state.seed !== scenario.seed) words.set("seed", state.seed);
  if (state.month !== scenario.months) words.set("month", String(state.month));
  if (state.stage !== HAS_PLAN) words.set("stage", state.stage);
  if (state.against !== null) words.set("against", contents.scenarios[state.against].name);
  for (const setting of state.pinned) words.append("pin", settingText(setting));
  if (state.step !== 0) words.set("step", String(state.step));
  if (state.view !== VIEWS[0]) words.set("view", state.view);
  for (const choice of CHOICES) if (state.choices[choice]) words.set(choice, state.choices[choice]);
  for (const key of ["survey", "again", "ranks"] as const) if (state[key] !== "") words.set(key, state[key]);
  words.set("lang", state.language);
  return `#${words}`;
}

function wholeNumber(text: string | null, low: number, high: number, standard: number): number {
  const value = Number(text);
  return text !== null && /^[0-9]+$/.test(text) && value >= low && value <= high ? value : standard;
}

function otherOf(contents: Contents, index: number, name: string | null): number | null {
  const found = contents.scenarios.findIndex((one) => one.name === name);
  return found < 0 || found === index ? null : found;
}

function choicesOf(words: URLSearchParams): Choices {
  return Object.fromEntries(CHOICES.filter((choice) => words.get(choice)).map((choice) => [choice, words.get(choice)!]));
}

export function movesOf({ model, moves }: Scenario): Setting[] {
  return moves.map((text) => readSetting(model, text)).filter((setting): setting is Setting => setting !== null);
}

// What is not understood stands as it would without it.
export function stateOf(contents: Contents, fragment: string): State {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  const found = contents.scenarios.findIndex((one) => one.name === words.get("scenario")), index = Math.max(0, found);
  const scenario = contents.scenarios[index], { model, months, seed } = scenario, stage = words.get("stage") ?? "", given = words.get("seed") ?? "", view = words.get("view") ?? "";
  const settings = (key: string) => words.getAll(key).map((text) => readSetting(model, text)).filter((setting): setting is Setting => setting !== null);
  return {
    scenario: index,
    settings: words.has("scenario") ? [...readOrder(scenario, words.getAll("set")), ...settings("set")] : movesOf(scenario),
    pinned: settings("pin"),
    against: otherOf(contents, index, words.get("against")),
    view: VIEWS.includes(view) ? view : VIEWS[0],
    choices: choicesOf(words),
    language: words.get("lang") ?? preferredLanguage(),
    step: wholeNumber(words.get("step"), 1, STEPS.length, 0),
    month: wholeNumber(words.get("month"), 0, months, months),
    stage: stageChoices(model).includes(stage) ? stage : HAS_PLAN,
    replicates: wholeNumber(words.get("replicates"), 1, MOST_REPLICATES, REPLICATES),
    seed: /^[0-9]{1,19}$/.test(given) ? given : seed,
    survey: countsText(countsOf(words.get("survey") ?? "")),
    again: countsText(countsOf(words.get("again") ?? "")),
    ranks: groupsOf(words.get("ranks") ?? "").join("."),
  };
}
