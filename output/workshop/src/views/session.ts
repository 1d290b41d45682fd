// Saving a session as a file and opening it again, by a button or by dropping the file on the page.
import { h } from "../dom";
import { t } from "../language";
import { MOST_BYTES, SessionError } from "../session";
import { save } from "./takehome";

export interface SessionActions {
  name: () => string; // of the scenario
  text: () => string;
  onOpen: (text: string) => boolean; // false where the scenario has changed since
}

export function tell(text: string): void {
  const close = h("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("action.close"));
  const dialog: HTMLDialogElement = h("dialog", { class: "told", onclose: () => dialog.remove() }, h("p", { role: "alert" }, text), h("div", { class: "end" }, close));
  document.body.append(dialog);
  dialog.showModal();
}

async function open(file: File, { onOpen }: SessionActions): Promise<void> {
  try {
    if (file.size > MOST_BYTES) throw new SessionError("session.foreign");
    if (!onOpen(await file.text())) tell(t("session.changed"));
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    tell(t(error.key, { ...error.values, file: file.name }));
  }
}

export function sessionRow(actions: SessionActions, onDone: () => void): HTMLElement {
  const input = h("input", { type: "file", class: "session-file", accept: ".json,application/json", hidden: true, "aria-label": t("session.open") });
  input.addEventListener("change", () => {
    onDone();
    if (input.files?.[0]) void open(input.files[0], actions);
  });
  const keep = h("button", { type: "button", class: "session-save", onclick: () => save(`${actions.name()}-session.json`, new Blob([actions.text()], { type: "application/json" })) }, t("session.save"));
  const pick = h("button", { type: "button", class: "session-open", onclick: () => input.click() }, t("session.open"));
  return h("div", { class: "session-row" }, h("span", {}, t("session.about")), keep, pick, input);
}

// A file that is dropped anywhere on the page.
export function openDropped(actions: SessionActions): void {
  window.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  window.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void open(file, actions);
  });
}
