// What is shown, to be taken home: numbers as CSV, pictures as SVG and PNG, and all on paper.
import { h } from "../dom";
import { t } from "../language";
import { copying } from "./copying";
import type { Figure } from "./figure";

const WIDTH = 1200;
const HEIGHT = 675;
const SHARPNESS = 2;

export function save(name: string, blob: Blob): void {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Black on white whatever stands behind it.
function alone(svg: SVGSVGElement): string {
  svg.setAttribute("style", "background:#ffffff");
  return new XMLSerializer().serializeToString(svg);
}

async function savePng(name: string, svg: SVGSVGElement): Promise<void> {
  const image = new Image(), canvas = h("canvas", { width: WIDTH * SHARPNESS, height: HEIGHT * SHARPNESS });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone(svg))}`;
  await image.decode();
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(`${name}.png`, blob), "image/png");
}

export interface Taken {
  scenario: string;
  figures: Figure[];
  command: string;
  session: (onDone: () => void) => HTMLElement;
}

// The same numbers without the page.
function commandRow(command: string): HTMLElement {
  return h("div", { class: "command-row" }, h("span", {}, t("take.command"), h("code", {}, command)), copying("action.copy", "command", () => command));
}

function rowOf({ scenario }: Taken, figure: Figure): HTMLElement {
  const name = `${scenario}-${figure.name}`, draw = () => figure.svg(WIDTH, HEIGHT)!;
  const button = (format: string, onclick: () => void) => h("button", { type: "button", class: `take-${figure.name}-${format}`, "aria-label": `${figure.title}: ${format.toUpperCase()}`, onclick }, format.toUpperCase());
  return h("div", { class: "take" }, h("span", {}, figure.title),
    button("csv", () => save(`${name}.csv`, new Blob([figure.csv()], { type: "text/csv" }))),
    button("svg", () => save(`${name}.svg`, new Blob([alone(draw())], { type: "image/svg+xml" }))),
    button("png", () => void savePng(name, draw())));
}

export function takeHome(taken: Taken): void {
  const print = h("button", { type: "button", class: "print", onclick: () => { dialog.close(); window.print(); } }, t("take.print"));
  const close = h("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("action.close"));
  const rows = taken.figures.filter((figure) => figure.svg(WIDTH, HEIGHT) !== null).map((figure) => rowOf(taken, figure));
  const dialog: HTMLDialogElement = h("dialog", { class: "home", "aria-label": t("take.title"), onclose: () => dialog.remove() }, h("h2", {}, t("take.title")), taken.session(() => dialog.close()), commandRow(taken.command), ...rows, h("div", { class: "end" }, print, close));
  document.body.append(dialog);
  dialog.showModal();
}
