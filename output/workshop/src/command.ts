// The command line that gives the numbers of the page.
import type { Scenario } from "./scenario";
import { settingText } from "./settings";
import type { State } from "./state";

function word(text: string): string {
  return /^[A-Za-z0-9_\-./=,+@:]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function commandOf(scenario: Scenario, state: State): string {
  const settings = [...scenario.settings, ...state.settings.map(settingText)];
  const parts = ["nlcsim run", word(scenario.path), ...settings.map((setting) => `--set ${word(setting)}`)];
  return [...parts, `--replicates ${state.replicates} --seed ${state.seed} --hash`].join(" ");
}
