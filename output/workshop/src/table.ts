// Tables: as a spreadsheet reads them, and behind a picture.
import type { Series } from "./bands";
import { h } from "./dom";
import { monthName, t } from "./language";

export type Cell = string | number;

// RFC 4180; numbers with a decimal point and at most six decimals, an empty cell for what is not known.
export function csvOf(rows: Cell[][]): string {
  const write = (cell: Cell) => (typeof cell === "number" ? (Number.isFinite(cell) ? String(Number(cell.toFixed(6))) : "") : /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(write).join(",")}\r\n`).join("");
}

export function dateOf(calendar: number): string {
  return `${Math.floor(calendar / 12)}-${String((calendar % 12) + 1).padStart(2, "0")}`;
}

export function seriesCsv(series: Series[], start: number): string {
  const head = ["month", "date", ...series.flatMap(({ name }) => [`${name} (P50)`, `${name} (P5)`, `${name} (P95)`])];
  const rows = Array.from(series[0].bands.median, (_, k) => [k + 1, dateOf(start + k), ...series.flatMap(({ bands }) => [bands.median[k], bands.low[k], bands.high[k]])]);
  return csvOf([head, ...rows]);
}

// A row a year.
export function seriesTable(series: Series[], start: number, write: (value: number) => string): HTMLTableElement {
  const last = series[0].bands.median.length - 1, rows: HTMLElement[] = [];
  const cell = (value: number) => (Number.isFinite(value) ? write(value) : "–");
  for (let k = Math.min(11, last); ; k = Math.min(k + 12, last)) {
    const cells = series.map(({ bands }) => h("td", {}, `${cell(bands.median[k])} (${cell(bands.low[k])} – ${cell(bands.high[k])})`));
    rows.push(h("tr", {}, h("th", { scope: "row" }, monthName(start + k, "short")), ...cells));
    if (k === last) break;
  }
  return h("table", {}, h("tr", {}, h("th", { scope: "col" }, t("chart.month")), ...series.map(({ name }) => h("th", { scope: "col" }, name))), ...rows);
}
