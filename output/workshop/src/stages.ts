// What the map can show: a stage alone, or the two in which there is a plan.
import type { Model } from "./scenario";

export const HAS_PLAN = "has_plan";

export function stageChoices(model: Model): string[] {
  return [HAS_PLAN, "functioning", ...model.stages.filter((name) => name !== "functioning")];
}

export function stagesOf(model: Model, choice: string): number[] {
  const names = choice === HAS_PLAN ? ["adopted", "functioning"] : [choice];
  return names.map((name) => model.stages.indexOf(name));
}
