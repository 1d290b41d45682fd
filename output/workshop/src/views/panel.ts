// One of the views that the page can show beside the dials.
import type { Ensemble } from "../engine/ensemble";
import type { State } from "../state";
import type { Figure } from "./figure";

export interface Shown {
  ensemble: Ensemble;
  reference: Ensemble | null; // of the pinned settings, once it has run
  state: State;
}

export interface Panel {
  element: HTMLElement;
  figures: Figure[];
  mark?: (state: State) => void; // what follows from the state alone
  show: (shown: Shown) => void;
}

export const VIEWS = ["spread", "levers", "months", "compare", "roadmap", "network", "flows", "room"];
