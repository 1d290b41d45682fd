// Texts to be put somewhere else.
import { h } from "../dom";
import { t } from "../language";

// The clipboard needs a secure context, which a file may not be; then the text is shown to be copied.
async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    const before = button.textContent;
    button.textContent = t("action.copied");
    setTimeout(() => (button.textContent = before), 1500);
  } catch {
    showText(text);
  }
}

function showText(text: string): void {
  const field = h("textarea", { readonly: true, rows: 4, "aria-label": t("action.text") }, text);
  const close = h("button", { type: "button", onclick: () => dialog.close() }, t("action.close"));
  const dialog = h("dialog", { class: "text", onclose: () => dialog.remove() }, field, close);
  document.body.append(dialog);
  dialog.showModal();
  field.select();
}

export function copying(key: string, name: string, text: () => string): HTMLButtonElement {
  const button: HTMLButtonElement = h("button", { type: "button", class: name, onclick: () => copy(text(), button) }, t(key));
  return button;
}
