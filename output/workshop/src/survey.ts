// The room survey: six questions, hands counted out of the people in the room. A share of hands becomes a start
// value between what it is when nobody and when everybody raises a hand; the ends are assumptions of the exercise.
import type { Scenario } from "./scenario";
import type { Setting } from "./settings";

export interface Question {
  name: string;
  parameter: string;
  nobody: number;
  everybody: number;
}

export const QUESTIONS: Question[] = [
  { name: "briefed", parameter: "start_awareness", nobody: 0.05, everybody: 0.5 },
  { name: "met", parameter: "start_trust", nobody: 0.2, everybody: 0.65 },
  { name: "task", parameter: "start_role", nobody: 0.1, everybody: 0.7 },
  { name: "trained", parameter: "start_capacity", nobody: 0.05, everybody: 0.5 },
  { name: "money", parameter: "own_funding", nobody: 0, everybody: 1.6 },
  { name: "meets", parameter: "informal_reporting", nobody: 0.05, everybody: 0.5 },
];

export const MOST_PEOPLE = 999;

// People in the room, then the hands of each question; null where nobody has counted.
export type Counts = (number | null)[];

const NUM = 1 + QUESTIONS.length;

// "20.5..12.1.0.4"; "" where there is none, or no room could have given it.
export function countsOf(text: string): Counts {
  const none: Counts = Array.from({ length: NUM }, () => null);
  if (!/^[0-9]{0,3}(\.[0-9]{0,3})*$/.test(text) || text.split(".").length !== NUM) return none;
  return text.split(".").map((part) => (part === "" ? null : Number(part)));
}

export function textOf(counts: Counts): string {
  return counts.every((count) => count === null) ? "" : counts.map((count) => count ?? "").join(".");
}

// Of a question; null where it has no answer, or more hands than people.
export function shareOf(counts: Counts, k: number): number | null {
  const people = counts[0], hands = counts[k + 1];
  return people === null || people === 0 || hands === null || hands > people ? null : hands / people;
}

export function startValue({ nobody, everybody }: Question, share: number): number {
  return Number((nobody + (everybody - nobody) * share).toFixed(3));
}

export function settingsFrom(counts: Counts): Setting[] {
  return QUESTIONS.flatMap((question, k) => {
    const share = shareOf(counts, k);
    return share === null ? [] : [{ address: question.parameter, change: "=" as const, value: String(startValue(question, share)) }];
  });
}

// How many places have a start value of their own in the scenario, which no parameter moves.
export function ownStarts({ text }: Scenario, parameter: string): number {
  const from = text.indexOf("\n[nodes]\n") + "\n[nodes]\n".length, [head, ...rows] = text.slice(from, text.indexOf("\n[", from)).split("\n");
  const column = head.split("\t").indexOf(parameter);
  return column < 0 ? 0 : rows.filter((row) => row.split("\t")[column] !== "").length;
}
