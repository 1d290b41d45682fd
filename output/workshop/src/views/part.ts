// One exercise of the room, of which one is open.
import { h } from "../dom";

export function part(name: string, ...children: Node[]): HTMLElement {
  return h("div", { class: `part ${name}` }, ...children);
}
