// Runs beside those of the page: of another scenario, or of the levers as they stood before. They have workers
// of their own, which are made when they are first needed.
import { inOrder } from "../orders";
import type { Scenario } from "../scenario";
import { Ensemble } from "./ensemble";
import type { Engine, Places } from "./module";
import { Pool } from "./pool";
import { batchesOf, type Wanted } from "./runner";

export class Aside {
  private pool: Pool | null = null;
  private opened: Scenario | null = null;
  private places: Places | null = null;
  private turn = 0;

  constructor(private readonly module: Promise<WebAssembly.Module>, private readonly engine: Engine, private readonly onFailure: (message: string) => void) {}

  // All replicates. What is asked for later comes instead: what was asked for before is then never given.
  async run(of: Scenario, wanted: Wanted, done: (ensemble: Ensemble) => void): Promise<void> {
    const mine = ++this.turn, scenario = inOrder(of, wanted.settings), pool = (this.pool ??= new Pool(this.module, this.onFailure));
    if (this.opened?.hash !== scenario.hash) {
      this.opened = null;
      const places = await pool.open(scenario);
      if (mine !== this.turn) return;
      this.opened = scenario;
      this.places = places;
    }
    const ensemble = new Ensemble(this.engine, scenario, this.places!, wanted.replicates, wanted.settings);
    pool.run({
      ...wanted,
      hash: false,
      batches: batchesOf(wanted.replicates, this.places!.numDraws),
      onBatch: (result) => {
        ensemble.add(result);
        if (ensemble.num === wanted.replicates && mine === this.turn) done(ensemble);
      },
      onRefused: () => undefined,
    });
  }

  stop(): void {
    this.turn++;
    this.pool?.stop();
  }
}
