// What a room does with the page: it thinks first, meets events, spends one budget table by table, says where it
// stands by a show of hands, and ranks what stands in its way.
import { ChoiceTabs, type OnChoice } from "../choices";
import { h } from "../dom";
import type { Ensemble } from "../engine/ensemble";
import type { Places } from "../engine/module";
import { t } from "../language";
import type { Scenario } from "../scenario";
import type { Setting } from "../settings";
import type { State } from "../state";
import { Breakout } from "./breakout";
import { BudgetExercise } from "./budget";
import { EventCards } from "./cards";
import { GuessExercise } from "./guess";
import { notes } from "./notes";
import type { Panel, Shown } from "./panel";
import { RoomSurvey } from "./survey";
import { Story, type StoryActions } from "./story";

export interface RoomActions extends StoryActions {
  settings: () => Setting[];
  onSettings: (settings: Setting[]) => void;
  state: () => State;
  change: (part: Partial<State>) => void;
  onChoice: OnChoice;
  ask: (settings: Setting[][], onAnswer: (number: number, ensemble: Ensemble) => void) => void; // what they give
}

export class RoomPanel implements Panel {
  readonly element: HTMLElement;
  readonly figures;
  private readonly survey: RoomSurvey;
  private readonly guess: GuessExercise;
  private readonly story: Story;
  private readonly cards: EventCards;
  private readonly budget: BudgetExercise;
  private readonly breakout: Breakout;
  private readonly tabs: ChoiceTabs;

  constructor(scenario: Scenario, places: Places, actions: RoomActions) {
    this.guess = new GuessExercise(scenario, () => this.think());
    this.cards = new EventCards(scenario.model, actions);
    this.budget = new BudgetExercise(scenario, places, actions);
    this.survey = new RoomSurvey(scenario, actions);
    this.breakout = new Breakout(scenario.model, actions);
    this.story = new Story(scenario, actions);
    this.figures = [this.guess.figure, this.story.figure, this.survey.figure];
    const large = h("button", { type: "button", class: "large", "aria-pressed": "false", onclick: () => this.enlarge(large) }, t("room.large"));
    const parts: [string, HTMLElement][] = [
      ["guess", this.guess.element],
      ["story", this.story.element],
      ["cards", this.cards.element],
      ["budget", this.budget.element],
      ["survey", this.survey.element],
      ["breakout", this.breakout.element],
      ["notes", notes()],
    ];
    this.tabs = new ChoiceTabs("part", parts.map(([name, part]) => ({ name, text: t(`room.${name}`), part })), actions.onChoice);
    this.element = h("section", { class: "room", "aria-label": t("view.room") }, h("div", { class: "title" }, this.tabs.element, large), ...parts.map(([, part]) => part));
    this.think();
  }

  // What follows from the state alone. A link into the story opens it.
  mark(state: State): void {
    this.tabs.show(state.choices, state.step > 0 ? "story" : "guess");
    this.think();
    this.story.mark(state.step, state.settings);
    this.cards.mark(state.settings);
    this.budget.mark(state.settings);
    this.survey.mark(state);
    this.breakout.mark(state);
  }

  show(shown: Shown): void {
    this.guess.show(shown);
    this.story.show(shown);
    this.budget.show(shown);
    this.breakout.show(shown);
  }

  private think(): void {
    this.element.classList.toggle("thinking", this.guess.isThinking);
  }

  // For a projector at the far end of a room.
  private enlarge(button: HTMLButtonElement): void {
    const isLarge = document.documentElement.classList.toggle("projector");
    button.setAttribute("aria-pressed", String(isLarge));
    window.dispatchEvent(new Event("resize"));
  }
}
