// Two hues that every kind of colour vision tells apart and that differ in grey too: amber for a plan,
// teal for a plan that works.
export const ADOPTED = "#c9781a";
export const FUNCTIONING = "#0d6478";
export const GAP = "#6b7480";
export const INK = "#17242f";
export const MUTED = "#566472";
export const LINE = "#d9dcdc";

// Five classes of a share, from light to dark.
const AMBER = ["#e7e3da", "#f2cf9a", "#e3a54c", "#b96d14", "#6e3d05"];
const TEAL = ["#e1e6e7", "#a7d0d5", "#5aa5b1", "#1b7488", "#0a3a48"];
const SLATE = ["#e4e6ea", "#bec7d4", "#8b9ab2", "#586a8a", "#2b3a55"];

export function rampOf(stage: string): string[] {
  return stage === "functioning" ? TEAL : stage === "has_plan" || stage === "adopted" ? AMBER : SLATE;
}

export function classOf(share: number): number {
  return Math.min(4, Math.floor(share * 5 + 1e-9));
}

export function translucent(colour: string, alpha: number): string {
  return `${colour}${Math.round(255 * alpha).toString(16).padStart(2, "0")}`;
}
