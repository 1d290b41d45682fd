// What the user chose. It is replaced whole, so that a state can be kept, shared and compared.
import type { Choices } from "./choices";
import type { Setting } from "./settings";

export interface State {
  scenario: number;
  settings: Setting[];
  language: string;
  month: number;
  stage: string;
  view: string;
  choices: Choices; // of what the views can show
  step: number; // of the story; 0: it has not begun
  pinned: Setting[]; // what the settings are compared with
  against: number | null; // the other scenario that is compared with, instead
  replicates: number;
  seed: string;
  survey: string; // hands counted in the room at the start, and at the end
  again: string;
  ranks: string; // of the obstacles, by the groups of the room
}

export class Store {
  private readonly listeners: ((now: State, before: State) => void)[] = [];

  constructor(private state: State) {}

  get now(): State {
    return this.state;
  }

  change(part: Partial<State>): void {
    const before = this.state;
    this.state = { ...before, ...part };
    for (const listener of this.listeners) listener(this.state, before);
  }

  listen(listener: (now: State, before: State) => void): void {
    this.listeners.push(listener);
  }
}
