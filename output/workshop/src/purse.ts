// What every table of the budget exercise has: the facilitation days that the scenario plans, to be parted anew
// among kinds of events, and its grant money, which goes to more places or in larger grants to fewer. A choice is a
// code of a few letters and digits, with a sign that tells a mistyped code from a right one.
import type { Places } from "./engine/module";
import type { Model } from "./scenario";
import { type Setting, settingOf, withSetting } from "./settings";

const EVENTS = ["briefings", "meetings", "dialogues", "trainings", "peer_exchanges", "regional_exchanges"];
const GRANT = "grant";
export const GRANTS = [0.5, 1, 1.5, 2]; // times what the scenario gives to each place
const AS_PLANNED = GRANTS.indexOf(1);
const MOST_STEPS = 24;
const SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that is read as another

export interface Kind {
  lever: string;
  planned: number; // days a year for a place, in the mean over places and months
  steps: number; // whole ones in what is planned
}

export interface Purse {
  kinds: Kind[];
  step: number; // days
  total: number; // steps
  hasGrants: boolean;
}

export interface Choice {
  steps: number[]; // of each kind
  grant: number; // which of GRANTS
}

// 1, 2 or 5 times a power of ten, and no less than this.
function round(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ten * ([1, 2, 5].find((digit) => digit * ten >= value * (1 - 1e-9)) ?? 10);
}

export function purseOf(model: Model, { means, courses }: Places): Purse {
  const meanOf = (name: string) => means[model.levers.findIndex((lever) => lever.name === name)] ?? 0;
  const planned = EVENTS.map((lever) => ({ lever, planned: meanOf(lever) })).filter((kind) => kind.planned > 0);
  const step = round(planned.reduce((sum, kind) => sum + kind.planned, 0) / MOST_STEPS || 1);
  const kinds = planned.map((kind) => ({ ...kind, steps: Math.floor(kind.planned / step + 1e-6) }));
  const money = courses[model.levers.findIndex(({ name }) => name === "grant_budget")];
  return { kinds, step, total: kinds.reduce((sum, { steps }) => sum + steps, 0), hasGrants: meanOf(GRANT) > 0 && money !== undefined && Number.isFinite(Math.max(...money)) };
}

// Days a year for a place: what does not make a whole step stays where it was planned.
export function daysOf({ kinds, step }: Purse, k: number, steps: number): number {
  return kinds[k].planned + (steps - kinds[k].steps) * step;
}

export function daysIn(purse: Purse, choice: Choice): number {
  return choice.steps.reduce((sum, steps, k) => sum + daysOf(purse, k, steps), 0);
}

// ---- As settings

// Null where it was moved in another way.
function timesIn(settings: Setting[], lever: string): number | null {
  const setting = settingOf(settings, lever);
  return setting === undefined ? 1 : setting.change === "*=" ? Number(setting.value) : null;
}

export function choiceIn(purse: Purse, settings: Setting[]): Choice | null {
  const times = purse.kinds.map(({ lever }) => timesIn(settings, lever)), grant = GRANTS.findIndex((one) => one === timesIn(settings, GRANT));
  if (times.includes(null) || (purse.hasGrants && grant < 0)) return null;
  const steps = purse.kinds.map(({ planned, steps }, k) => steps + Math.round(((times[k]! - 1) * planned) / purse.step));
  return { steps, grant: purse.hasGrants ? grant : AS_PLANNED };
}

export function settingsOf(purse: Purse, { steps, grant }: Choice, from: Setting[]): Setting[] {
  const put = (all: Setting[], address: string, times: number) => withSetting(all, { address, change: "*=", value: String(Number(times.toFixed(4))) }, times === 1);
  const events = purse.kinds.reduce((all, { lever, planned, steps: own }, k) => put(all, lever, steps[k] === own ? 1 : daysOf(purse, k, steps[k]) / planned), from);
  return purse.hasGrants ? put(events, GRANT, GRANTS[grant]) : events;
}

// ---- As a code

function fits({ kinds, total }: Purse, { steps, grant }: Choice): boolean {
  return steps.length === kinds.length && steps.every((one) => one >= 0) && steps.reduce((sum, one) => sum + one, 0) === total && grant in GRANTS;
}

function signed(values: number[]): string {
  const check = values.reduce((sum, value, k) => sum + (2 * k + 1) * value, 5) % SIGNS.length;
  return [...values, check].map((value) => SIGNS[value]).join("");
}

// Null where a choice spends more or less than there is.
export function codeOf(purse: Purse, choice: Choice): string | null {
  return fits(purse, choice) ? signed([...choice.steps, ...(purse.hasGrants ? [choice.grant] : [])]) : null;
}

// Null where it is no code, or one of another scenario.
export function choiceOf(purse: Purse, code: string): Choice | null {
  const values = [...code.trim().toUpperCase()].slice(0, -1).map((sign) => SIGNS.indexOf(sign));
  if (values.includes(-1) || signed(values) !== code.trim().toUpperCase()) return null;
  const choice = purse.hasGrants ? { steps: values.slice(0, -1), grant: values[values.length - 1] } : { steps: values, grant: AS_PLANNED };
  return fits(purse, choice) ? choice : null;
}
