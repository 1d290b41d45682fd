// The six obstacles that groups rank, and the lever that answers each.
import { type Change, type Setting, valueOf, withSetting } from "./settings";

const move = (address: string, change: Change, value: string): Setting => ({ address, change, value });
const MOST_TIMES = 3;

// What is moved, from where the settings stand.
const ANSWERS: Record<string, (settings: Setting[]) => Setting[]> = {
  resourcing: (settings) => [move("resourcing", "=", String(Math.min(MOST_TIMES, 2 * Number(valueOf(settings, "resourcing") ?? 1))))],
  mandate: () => [move("mandate", "=", "1"), move("mandate_clarity", "=", "1")],
  trust: () => [move("two_way", "=", "1"), move("responsiveness", "=", "1")],
  information: () => [move("briefings", "+=", "2")],
  role: () => [move("dialogues", "+=", "2")],
  turnover: () => [move("staff_turnover", "*=", "0.5")],
};

export const OBSTACLES = Object.keys(ANSWERS);

export function answerOf(obstacle: string, settings: Setting[]): Setting[] {
  return ANSWERS[obstacle](settings);
}

export function answered(obstacle: string, settings: Setting[]): Setting[] {
  return answerOf(obstacle, settings).reduce((all, setting) => withSetting(all, setting, false), settings);
}

// ---- Ranks

export const MOST_GROUPS = 20;

// "314256": the numbers of the obstacles, the largest obstacle first. Null where one is missing or twice there.
export function rankingOf(text: string): string | null {
  const plain = text.replace(/[^0-9]/g, ""), wanted = OBSTACLES.map((_, k) => String(k + 1)).join("");
  return [...plain].sort().join("") === wanted ? plain : null;
}

export function groupsOf(text: string): string[] {
  return text.split(".").map(rankingOf).filter((ranking) => ranking !== null).slice(0, MOST_GROUPS);
}

export interface Ranked {
  obstacle: string;
  mean: number; // 1: every group puts it first
  first: number; // the best and the worst rank that a group gives it
  last: number;
}

// In the order of their mean ranks.
export function ranked(groups: string[]): Ranked[] {
  const all = OBSTACLES.map((obstacle, k) => {
    const ranks = groups.map((ranking) => ranking.indexOf(String(k + 1)) + 1);
    return { obstacle, mean: ranks.reduce((sum, rank) => sum + rank, 0) / groups.length, first: Math.min(...ranks), last: Math.max(...ranks) };
  });
  return groups.length === 0 ? all : all.sort((a, b) => a.mean - b.mean);
}
