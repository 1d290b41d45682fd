// One scenario on the page: its views, and the runs behind them.
import { commandOf } from "./command";
import { h } from "./dom";
import type { Ensemble } from "./engine/ensemble";
import type { Engine, Places } from "./engine/module";
import type { Pool } from "./engine/pool";
import { Runner } from "./engine/runner";
import type { History } from "./history";
import { t } from "./language";
import type { Contents } from "./scenario";
import { withSetting } from "./settings";
import { stageChoices } from "./stages";
import type { State, Store } from "./state";
import { CurvesView } from "./views/curves";
import { DialsView } from "./views/dials";
import { FooterView } from "./views/footer";
import { HeaderView } from "./views/header";
import { MapView } from "./views/map";
import { TilesView } from "./views/tiles";
import { TimeView } from "./views/time";

export class App {
  readonly element: HTMLElement;
  private readonly runner: Runner;
  private readonly curves = new CurvesView();
  private readonly tiles = new TilesView();
  private readonly dials: DialsView;
  private readonly map: MapView;
  private readonly time: TimeView;
  private readonly footer: FooterView;
  private readonly header: HeaderView;

  constructor(contents: Contents, store: Store, private readonly history: History, pool: Pool, engine: Engine, places: Places) {
    const scenario = contents.scenarios[store.now.scenario];
    const listener = { onPictures: (of: Ensemble) => this.show(of), onHash: (hash: string) => this.footer.showHash(hash), onRefused: (name: string) => this.refuse(name) };
    this.runner = new Runner(pool, engine, scenario, places, listener);
    this.dials = new DialsView((setting, isNothing) => store.change({ settings: withSetting(store.now.settings, setting, isNothing) }));
    this.map = new MapView((stage) => store.change({ stage }), stageChoices(scenario.model));
    this.time = new TimeView(scenario.start, scenario.months, (month) => store.change({ month }));
    this.footer = new FooterView(contents.version);
    this.header = new HeaderView(contents, store.now.scenario, {
      onScenario: (index) => store.change({ scenario: index, settings: [], month: contents.scenarios[index].months, seed: contents.scenarios[index].seed }),
      onLanguage: (language) => store.change({ language }),
      onReset: () => store.change({ settings: [] }),
      onUndo: () => history.undo(),
      onRedo: () => history.redo(),
      command: () => commandOf(scenario, store.now),
      link: () => location.href,
    });
    const side = h("div", { class: "side" }, this.dials.element, this.tiles.element);
    const main = h("main", {}, side, this.curves.element, this.map.element);
    this.element = h("div", { class: "app" }, this.header.element, main, this.time.element, this.footer.element);
  }

  // Runs where what is run changed, and redraws what shows the rest.
  update(now: State, before: State | null): void {
    this.header.show(this.history.canUndo, this.history.canRedo, now.settings.length > 0);
    this.dials.show(now.settings);
    this.time.mark(now.month);
    this.curves.mark(now.month);
    this.tiles.mark(now.month);
    this.map.mark(now.month, now.stage);
    const isSame = before && before.settings === now.settings && before.seed === now.seed && before.replicates === now.replicates;
    if (isSame) return;
    this.footer.showHash(null);
    this.runner.want(now);
  }

  close(): void {
    this.time.pause();
    this.runner.stop();
    this.element.remove();
  }

  private show(ensemble: Ensemble): void {
    this.curves.show(ensemble);
    this.tiles.show(ensemble);
    this.map.show(ensemble);
    this.footer.showRuns(ensemble.num, ensemble.wanted);
  }

  private refuse(name: string): void {
    this.footer.showProblem(t("footer.refused", { name: t(`lever.${name}`) }));
  }
}
