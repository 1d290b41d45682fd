// Steps back and forward through the settings. Moves of one lever in quick succession are one step.
import type { Setting } from "./settings";
import type { State, Store } from "./state";

const ONE_STEP = 800; // milliseconds

interface Step {
  scenario: number;
  settings: Setting[];
}

// The one address in which two lists of settings differ, or nothing.
function changedAddress(before: Setting[], now: Setting[]): string | undefined {
  const differing = [...before, ...now].filter((setting) => !before.includes(setting) || !now.includes(setting)).map(({ address }) => address);
  return new Set(differing).size === 1 ? differing[0] : undefined;
}

export class History {
  private past: Step[] = [];
  private future: Step[] = [];
  private moving = false;
  private last = { address: undefined as string | undefined, time: 0 };

  constructor(private readonly store: Store) {
    store.listen((now, before) => this.hear(now, before));
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  // The settings before the last change, where there was one in this scenario.
  get before(): Setting[] | null {
    const last = this.past[this.past.length - 1];
    return last && last.scenario === this.store.now.scenario && last.settings !== this.store.now.settings ? last.settings : null;
  }

  undo(): void {
    this.move(this.past, this.future);
  }

  redo(): void {
    this.move(this.future, this.past);
  }

  private hear(now: State, before: State): void {
    if (this.moving || (now.settings === before.settings && now.scenario === before.scenario)) return;
    const address = changedAddress(before.settings, now.settings), time = performance.now();
    const goesOn = address !== undefined && address === this.last.address && time - this.last.time < ONE_STEP;
    if (!goesOn) this.past.push({ scenario: before.scenario, settings: before.settings });
    this.last = { address, time };
    this.future = [];
  }

  private move(from: Step[], to: Step[]): void {
    const step = from.pop();
    if (!step) return;
    to.push({ scenario: this.store.now.scenario, settings: this.store.now.settings });
    this.last = { address: undefined, time: 0 };
    this.moving = true;
    this.store.change(step);
    this.moving = false;
  }
}
