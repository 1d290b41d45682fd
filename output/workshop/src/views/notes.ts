// Notes for the facilitator, with the minutes of each step, for three lengths of a session.
import { h } from "../dom";
import { number, t } from "../language";
import { part } from "./part";

const PLANS: Record<string, [string, number][]> = {
  "30": [["welcome", 3], ["guess", 5], ["dials", 7], ["cards", 7], ["debrief", 8]],
  "90": [["welcome", 5], ["guess", 10], ["dials", 15], ["budget", 25], ["cards", 15], ["debrief", 20]],
  "180": [["welcome", 10], ["guess", 15], ["dials", 25], ["budget", 40], ["pause", 15], ["cards", 25], ["roadmap", 20], ["debrief", 30]],
};

function planOf(minutes: string): HTMLElement {
  let from = 0;
  const rows = PLANS[minutes].map(([step, length]) => {
    const when = `${number(from)}–${number((from += length))}`;
    return h("tr", {}, h("td", { class: "minutes" }, when), h("th", { scope: "row" }, t(`note.${step}`)), h("td", {}, t(`note.${step}.about`)));
  });
  return h("details", { class: "plan", open: minutes === "30" }, h("summary", {}, t("note.minutes", { minutes: number(Number(minutes)) })), h("table", {}, ...rows));
}

export function notes(): HTMLElement {
  return part("notes", h("p", { class: "said" }, t("note.first")), ...Object.keys(PLANS).map(planOf));
}
