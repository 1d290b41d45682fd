// A table's code as a picture that a telephone reads, small beside the dials and large for those at the
// other end of the room.
import qrcode from "qrcode-generator";
import { h } from "../dom";
import { t } from "../language";
import { s } from "../svg";

const QUIET = 4; // modules of white around it, as ISO/IEC 18004 asks

function pictureOf(code: string): SVGSVGElement {
  const qr = qrcode(0, "H");
  qr.addData(code, "Alphanumeric");
  qr.make();
  const num = qr.getModuleCount(), size = num + 2 * QUIET, dark: string[] = [];
  for (let row = 0; row < num; row++) for (let column = 0; column < num; column++) if (qr.isDark(row, column)) dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
  const made = s("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": t("qr.name", { code }), "shape-rendering": "crispEdges" });
  made.append(s("rect", { width: size, height: size, fill: "#ffffff" }), s("path", { d: dark.join(""), fill: "#000000" }));
  return made;
}

function showLarge(code: string): void {
  const close = h("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("action.close"));
  const dialog: HTMLDialogElement = h("dialog", { class: "qr", "aria-label": t("qr.name", { code }), onclose: () => dialog.remove() }, pictureOf(code), h("strong", {}, code), close);
  document.body.append(dialog);
  dialog.showModal();
}

export class QrCode {
  readonly element = h("button", { type: "button", class: "qr", onclick: () => showLarge(this.code) });
  private code = "";

  // Null where there is no code to be read.
  show(code: string | null): void {
    this.element.hidden = code === null;
    if (code === null || code === this.code) return;
    this.code = code;
    this.element.setAttribute("aria-label", `${t("qr.large")}: ${code}`);
    this.element.title = t("qr.large");
    this.element.replaceChildren(pictureOf(code));
  }
}
