// One scenario on the page: its views, and the runs behind them.
import { type OnChoice, withChoice } from "./choices";
import { commandOf } from "./command";
import { h } from "./dom";
import type { Ensemble } from "./engine/ensemble";
import type { Aside } from "./engine/aside";
import type { Engine, Places } from "./engine/module";
import type { Pool } from "./engine/pool";
import { Runner } from "./engine/runner";
import type { History } from "./history";
import { nameOf, t } from "./language";
import type { Contents, Scenario } from "./scenario";
import { inOrder, isOrdering } from "./orders";
import { hasPlaces, nameIn, readAddress, type Setting, withSetting } from "./settings";
import { fragmentOf, movesOf } from "./share";
import type { State, Store } from "./state";
import { ComparePanel } from "./views/compare";
import { DialsView } from "./views/dials";
import { FlowsPanel } from "./views/flows";
import { FooterView } from "./views/footer";
import { HeaderView } from "./views/header";
import { LeversPanel } from "./views/levers";
import { MonthsPanel } from "./views/months";
import { NavView } from "./views/nav";
import { NetworkPanel } from "./views/network";
import { Panels } from "./views/panels";
import { openReplay } from "./views/replay";
import { RoadmapPanel } from "./views/roadmap";
import { RoomPanel } from "./views/room";
import { type SessionActions, sessionRow } from "./views/session";
import { SpreadPanel } from "./views/spread";
import { takeHome } from "./views/takehome";
import { TilesView } from "./views/tiles";
import { TimeView } from "./views/time";

// Who runs.
export interface Machines {
  pool: Pool;
  aside: Aside; // what the page shows beside its own runs
  engine: Engine;
}

export class App {
  readonly element: HTMLElement;
  private readonly runner: Runner;
  private readonly scenario: Scenario;
  private readonly tiles = new TilesView();
  private readonly main = h("main");
  private readonly panels: Panels;
  private readonly spread: SpreadPanel;
  private readonly dials: DialsView;
  private readonly nav: NavView;
  private readonly time: TimeView;
  private readonly footer: FooterView;
  private readonly header: HeaderView;
  private ensemble: Ensemble | null = null;
  private reference: Ensemble | null = null; // of the kept levers
  private other: Ensemble | null = null; // of the other scenario

  constructor(private readonly contents: Contents, private readonly store: Store, private readonly history: History, private readonly machines: Machines, places: Places, private readonly session: SessionActions) {
    const scenario = (this.scenario = inOrder(contents.scenarios[store.now.scenario], store.now.settings)), measures = scenario.model.measures.map(({ name }) => name);
    this.runner = new Runner(machines.pool, machines.engine, scenario, places, {
      onPictures: (of) => this.show(of),
      onReference: (of) => this.showReference(of),
      onHash: (hash) => this.footer.showHash(hash),
      onRefused: (name) => this.refuse(name),
    });
    this.ask(store.now);
    const onSetting = (setting: Setting, isNothing: boolean) => store.change({ settings: withSetting(store.now.settings, setting, isNothing) });
    this.dials = new DialsView(onSetting);
    const onChoice: OnChoice = (choice, value) => store.change({ choices: withChoice(store.now.choices, choice, value) });
    const months = { scenario, places, settings: () => store.now.settings, onSettings: (settings: Setting[]) => store.change({ settings }) };
    this.spread = new SpreadPanel(scenario, (stage) => store.change({ stage }));
    const onSettings = (settings: Setting[]) => store.change({ settings });
    const actions = {
      settings: () => store.now.settings,
      onSettings,
      onStep: (step: number, settings: Setting[]) => store.change({ step, settings }),
      state: () => store.now,
      change: (part: Partial<State>) => store.change(part),
      onChoice,
      ask: (list: Setting[][], onAnswer: (number: number, ensemble: Ensemble) => void) => this.runner.ask(list.map((settings) => ({ settings, seed: store.now.seed, replicates: store.now.replicates })), onAnswer),
    };
    const compared = {
      onPin: () => store.change({ pinned: store.now.settings.filter((setting) => !isOrdering(setting)), against: null }),
      onAgainst: (against: number | null) => store.change({ pinned: [], against }),
      onChoice,
    };
    this.panels = new Panels({
      spread: () => this.spread,
      levers: () => new LeversPanel(months, onSetting, onChoice),
      months: () => new MonthsPanel(months),
      compare: () => new ComparePanel(contents, store.now.scenario, compared),
      roadmap: () => new RoadmapPanel(scenario, places, onChoice),
      network: () => new NetworkPanel(scenario, places, onChoice),
      flows: () => new FlowsPanel(measures),
      room: () => new RoomPanel(scenario, places, actions),
    });
    this.nav = new NavView(this.panels.names, (view) => store.change({ view }));
    this.time = new TimeView(scenario.start, scenario.months, (month) => store.change({ month }));
    this.footer = new FooterView(contents.version);
    this.header = this.makeHeader();
    const [, ...others] = this.panels.names;
    this.main.append(h("div", { class: "side" }, this.dials.element, this.tiles.element), this.nav.element, this.panels.get("spread").element, this.spread.map.element, ...others.map((name) => this.panels.element(name)));
    this.element = h("div", { class: "app" }, this.header.element, this.main, this.time.element, this.footer.element);
    this.runOther(store.now);
  }

  // Runs where what is run changed since it began, and redraws what shows the rest.
  update(now: State, before: State | null): void {
    const view = this.panels.names.includes(now.view) ? now.view : "spread";
    const isSame = before && before.settings === now.settings && before.seed === now.seed && before.replicates === now.replicates && before.pinned === now.pinned && before.against === now.against;
    if (before && !isSame) this.run(now, before); // the workers are at it while the page draws
    this.header.show(this.history.canUndo, this.history.canRedo, now.settings.length > 0, this.history.before !== null);
    this.main.dataset.view = view;
    this.nav.show(view);
    this.dials.show(now.settings);
    this.panels.get(view).mark?.(now);
    this.time.mark(now.month);
    this.tiles.mark(now.month);
    if (isSame || before?.settings === now.settings) this.showPanel();
  }

  private run(now: State, before: State): void {
    this.ask(now);
    if (before.pinned !== now.pinned) this.reference = null;
    if (before.against !== now.against || before.seed !== now.seed || before.replicates !== now.replicates) this.other = null;
    this.footer.showHash(null);
    this.runOther(now);
  }

  private ask(now: State): void {
    this.runner.want(now, { settings: now.pinned, seed: now.seed, replicates: now.replicates });
  }

  // Another scenario runs as it stands, on the same seed.
  private runOther(now: State): void {
    const { seed, replicates, against } = now;
    if (against === null || this.other) return;
    void this.machines.aside.run(this.contents.scenarios[against], { settings: [], seed, replicates }, (of) => this.showOther(of));
  }

  private replay(): void {
    const { settings, seed, replicates } = this.store.now, { before } = this.history, after = this.ensemble;
    if (!before || after?.num !== replicates || after.settings !== settings) return;
    this.time.pause();
    void this.machines.aside.run(this.contents.scenarios[this.store.now.scenario], { settings: before, seed, replicates }, (of) => openReplay(of, after, () => this.replayed()));
  }

  // What was compared with ran on the same workers as the replay.
  private replayed(): void {
    this.runOther(this.store.now);
  }

  close(): void {
    this.time.pause();
    this.machines.aside.stop();
    this.runner.stop();
    this.element.remove();
  }

  private makeHeader(): HeaderView {
    const { contents, store, history } = this;
    return new HeaderView(contents, store.now.scenario, {
      onScenario: (index) => store.change({ scenario: index, settings: movesOf(contents.scenarios[index]), pinned: [], against: null, step: 0, month: contents.scenarios[index].months, seed: contents.scenarios[index].seed }),
      onLanguage: (language) => store.change({ language }),
      onReset: () => store.change({ settings: [] }),
      onUndo: () => history.undo(),
      onRedo: () => history.redo(),
      onReplay: () => this.replay(),
      link: () => new URL(fragmentOf(contents, store.now), location.href).href,
      onTake: () => this.take(),
    });
  }

  // Every figure, whether its view is open or not.
  private take(): void {
    if (!this.showAll()) return;
    const figures = this.panels.all().flatMap((panel) => panel.figures);
    takeHome({ scenario: this.scenario.name, figures, command: commandOf(this.scenario, this.store.now), session: (onDone) => sessionRow(this.session, onDone) });
  }

  // Everything for paper.
  layOut(): void {
    if (this.showAll()) for (const { figures } of this.panels.all()) for (const figure of figures) figure.onPaper();
  }

  private showAll(): boolean {
    const shown = this.shown();
    if (shown) for (const panel of this.panels.all()) panel.show(shown);
    return shown !== null;
  }

  private shown() {
    const reference = this.store.now.against === null ? this.reference : this.other;
    return this.ensemble && { ensemble: this.ensemble, reference, state: this.store.now };
  }

  private showPanel(): void {
    const shown = this.shown(), view = this.main.dataset.view!;
    if (!shown) return;
    if (view === "levers" || view === "months") this.spread.show(shown);
    this.panels.get(view).show(shown);
  }

  private show(ensemble: Ensemble): void {
    this.ensemble = ensemble;
    this.tiles.show(ensemble);
    this.footer.showRuns(ensemble.num, ensemble.wanted);
    this.showPanel();
  }

  private showReference(ensemble: Ensemble): void {
    this.reference = ensemble;
    this.showPanel();
  }

  private showOther(ensemble: Ensemble): void {
    this.other = ensemble;
    this.showPanel();
  }

  // A lever that would leave its range, or a setting for places that there are not.
  private refuse(name: string): void {
    const address = readAddress(name), key = address && hasPlaces(address) ? "footer.nowhere" : "footer.refused";
    this.footer.showProblem(t(key, { name: nameOf(nameIn(name)) }));
  }
}
