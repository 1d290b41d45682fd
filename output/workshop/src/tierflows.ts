// What moves between the tiers of one country or of all: the places of each tier, where their facilitators
// sit, and the means over the runs of what is asked and delivered, as flows.csv counts it.
import type { Ensemble, Means } from "./engine/ensemble";
import { NOTHING, type Places } from "./engine/module";

const ASKED = 0, ASKED_NATIONAL = 1, DELIVERED = 2, DELIVERED_NATIONAL = 3;

// Whose facilitators are asked: the national ones, those of the tier above, or no matter whose.
export type Pool = "all" | "national" | "parent";

export interface Tier {
  name: string; // the word of the scenario
  cells: number[];
  places: number;
  level: number; // 0 is the national one
  above: number; // index of the tier that most of its places hang from, or -1: the national level
}

export interface Amounts {
  asked: Means;
  delivered: Means;
}

// Steps down from the lead, of each place.
function depths(places: Places): Uint32Array {
  const depth = new Uint32Array(places.numNodes);
  const of = (i: number): number => (depth[i] ||= places.parent[i] === NOTHING ? 1 : 1 + of(places.parent[i]));
  for (let i = 0; i < places.numNodes; i++) of(i);
  return depth;
}

function mostOf(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
}

// The tier of most of the places that these hang from, but for their own tier; -1 where that is the national level.
function aboveOf(places: Places, members: number[], tier: number): number {
  const above = members.map((i) => (places.parent[i] === NOTHING ? -1 : places.tier[places.parent[i]])).filter((one) => one !== tier);
  return above.length > 0 ? mostOf(above) : -1;
}

// Below the tier above, wherever its places are in other countries. Tiers that hang from each other stand on top.
function levelOf(above: number[], k: number): number {
  let level = 1;
  for (let at = above[k]; at >= 0; at = above[at]) if (++level > above.length) return 1;
  return level;
}

// From the top down. `country` -1 takes all of them.
export function tiersOf(places: Places, country: number): Tier[] {
  const depth = depths(places), isIn = (i: number) => country < 0 || places.country[i] === country;
  const members = places.tiers.map((_, tier) => Array.from(places.tier.keys()).filter((i) => places.tier[i] === tier && isIn(i)));
  const present = members.map((_, tier) => tier).filter((tier) => members[tier].length > 0);
  const steps = new Map(present.map((tier) => [tier, mostOf(members[tier].map((i) => depth[i]))]));
  const ordered = present.sort((a, b) => steps.get(a)! - steps.get(b)! || a - b);
  const above = ordered.map((tier) => ordered.indexOf(aboveOf(places, members[tier], tier)));
  return ordered.map((tier, k) => ({
    name: places.tiers[tier],
    cells: places.cells.map((_, cell) => cell).filter((cell) => places.cells[cell].tier === tier && (country < 0 || places.cells[cell].country === country)),
    places: members[tier].length,
    level: levelOf(above, k),
    above: above[k],
  }));
}

// What is kept of one ensemble, found when it is first asked for.
export class TierFlows {
  private readonly known = new Map<string, Amounts>();
  private readonly num: number;

  constructor(private readonly ensemble: Ensemble) {
    this.num = ensemble.num;
  }

  isOf(ensemble: Ensemble): boolean {
    return ensemble === this.ensemble && ensemble.num === this.num;
  }

  // Of several kinds together; since the first month, or of each month by itself.
  amounts(tier: Tier, kinds: string[], pool: Pool, soFar: boolean): Amounts {
    const key = [tier.cells, kinds, pool, soFar].join("|"), found = this.known.get(key) ?? this.find(tier, kinds, pool, soFar);
    this.known.set(key, found);
    return found;
  }

  private find(tier: Tier, kinds: string[], pool: Pool, soFar: boolean): Amounts {
    return { asked: this.means(tier, kinds, pool, ASKED, ASKED_NATIONAL, soFar), delivered: this.means(tier, kinds, pool, DELIVERED, DELIVERED_NATIONAL, soFar) };
  }

  private means(tier: Tier, kinds: string[], pool: Pool, all: number, national: number, soFar: boolean): Means {
    const values = new Float64Array(this.ensemble.scenario.months * this.num);
    for (const kind of kinds) {
      const flow = this.ensemble.scenario.model.flows.findIndex((one) => one.kind === kind);
      const whole = this.ensemble.flowRuns(tier.cells, flow, pool === "national" ? national : all);
      const less = pool === "parent" ? this.ensemble.flowRuns(tier.cells, flow, national) : null;
      values.forEach((_, k) => (values[k] += whole[k] - (less ? less[k] : 0)));
    }
    for (let k = this.num; soFar && k < values.length; k++) values[k] += values[k - this.num];
    return this.ensemble.means(values);
  }
}
