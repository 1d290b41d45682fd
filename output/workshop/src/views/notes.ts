// Notes for the facilitator, with the minutes of each step, for three lengths of a session.
import { h } from "../dom";
import { nameOf, number, significant, t } from "../language";
import { QUESTIONS } from "../survey";
import { part } from "./part";

const PLANS: Record<string, [string, number][]> = {
  "30": [["welcome", 2], ["survey", 4], ["guess", 4], ["dials", 5], ["cards", 4], ["breakout", 5], ["again", 2], ["debrief", 4]],
  "90": [["welcome", 5], ["survey", 5], ["guess", 7], ["story", 10], ["dials", 8], ["budget", 20], ["cards", 8], ["breakout", 12], ["again", 3], ["debrief", 12]],
  "180": [["welcome", 10], ["survey", 8], ["guess", 10], ["story", 15], ["dials", 15], ["budget", 35], ["pause", 15], ["cards", 17], ["breakout", 20], ["roadmap", 12], ["again", 5], ["debrief", 18]],
};

function planOf(minutes: string): HTMLElement {
  let from = 0;
  const rows = PLANS[minutes].map(([step, length]) => {
    const when = `${number(from)}–${number((from += length))}`;
    return h("tr", {}, h("td", { class: "minutes" }, when), h("th", { scope: "row" }, t(`note.${step}`)), h("td", {}, t(`note.${step}.about`)));
  });
  return h("details", { class: "plan", open: minutes === "30" }, h("summary", {}, t("note.minutes", { minutes: number(Number(minutes)) })), h("table", {}, ...rows));
}

// What the survey makes of hands: an assumption, for whoever is asked about it.
function mapping(): HTMLElement {
  const heads = ["survey.ask", "survey.parameter", "survey.nobody", "survey.everybody"].map((key) => h("th", { scope: "col" }, t(key)));
  const rows = QUESTIONS.map(({ name, parameter, nobody, everybody }) => h("tr", {}, h("th", { scope: "row" }, t(`survey.${name}`)), h("td", {}, nameOf(parameter)), h("td", {}, significant(nobody, 3)), h("td", {}, significant(everybody, 3))));
  return h("details", { class: "plan" }, h("summary", {}, t("survey.mapping")), h("p", {}, t("survey.assumed")), h("table", {}, h("tr", {}, ...heads), ...rows));
}

// The notes alone, for the facilitator's hand; else they are printed with everything else.
function printAlone(): void {
  const root = document.documentElement;
  root.classList.add("handout");
  window.addEventListener("afterprint", () => root.classList.remove("handout"), { once: true });
  window.print();
}

export function notes(): HTMLElement {
  return part("notes", h("button", { type: "button", class: "handout", onclick: printAlone }, t("note.print")), h("p", { class: "said" }, t("note.first")), ...Object.keys(PLANS).map(planOf), mapping());
}
