// A picture on the page: it follows the room it has, has a table behind it, and can be taken home.
import { h } from "../dom";
import { t } from "../language";

export interface Drawing {
  draw: (width: number, height: number) => SVGSVGElement;
  table: () => HTMLTableElement;
  csv: () => string;
  summary: string;
  paper?: [number, number]; // where it has no room on the screen
}

const PAPER: [number, number] = [480, 290];

export class Figure {
  readonly element: HTMLElement;
  private readonly frame = h("div", { class: "frame", role: "img" });
  private readonly behind = h("div", { class: "behind" });
  private drawing: Drawing | null = null;

  constructor(readonly name: string, private readonly heading: string, ...beside: Node[]) {
    const details: HTMLDetailsElement = h("details", { class: "table", ontoggle: () => this.fill(details) }, h("summary", {}, t("chart.table")), this.behind);
    this.details = details;
    this.element = h("section", { class: "figure", "aria-label": heading }, h("div", { class: "title" }, h("h2", {}, heading), ...beside), this.frame, details);
    new ResizeObserver(() => this.paint()).observe(this.frame);
  }

  private readonly details: HTMLDetailsElement;

  get title(): string {
    return this.heading;
  }

  show(drawing: Drawing): void {
    this.drawing = drawing;
    this.frame.setAttribute("aria-label", drawing.summary);
    this.fill(this.details);
    this.paint();
  }

  // As it stands alone, for a file.
  svg(width = 960, height = 540): SVGSVGElement | null {
    return this.drawing && this.drawing.draw(width, height);
  }

  csv(): string {
    return this.drawing ? this.drawing.csv() : "";
  }

  private fill(details: HTMLDetailsElement): void {
    this.behind.replaceChildren(...(details.open && this.drawing ? [this.drawing.table()] : []));
  }

  private paint(): void {
    const { clientWidth, clientHeight } = this.frame;
    if (clientWidth > 0 && clientHeight > 0) this.put(clientWidth, clientHeight);
  }

  // Paper has room for what is not seen.
  onPaper(): void {
    if (this.frame.clientWidth === 0) this.put(...(this.drawing?.paper ?? PAPER));
  }

  private put(width: number, height: number): void {
    if (this.drawing) this.frame.replaceChildren(this.drawing.draw(width, height));
  }
}
