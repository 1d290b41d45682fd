// A table's choice as a code of four letters and digits: three shares of one budget, and a sign that tells
// a mistyped code from a right one.
const SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that is read as another
const PLACES = [1, 3, 7];

export const TOTAL = 30; // tenths: what the three dials spend together as planned
export const DIAL_HIGH = 30;

export function codeOf(shares: number[]): string {
  const check = shares.reduce((sum, share, k) => sum + PLACES[k] * share, 5) % SIGNS.length;
  return [...shares, check].map((value) => SIGNS[value]).join("");
}

// Null where it is no code, or one that spends more or less than there is.
export function sharesOf(code: string): number[] | null {
  const values = [...code.trim().toUpperCase()].map((sign) => SIGNS.indexOf(sign));
  if (values.length !== 4 || values.includes(-1)) return null;
  const shares = values.slice(0, 3);
  return codeOf(shares) === code.trim().toUpperCase() && shares.reduce((sum, share) => sum + share, 0) === TOTAL ? shares : null;
}

export function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b), at = (sorted.length - 1) / 2;
  return (sorted[Math.floor(at)] + sorted[Math.ceil(at)]) / 2;
}
