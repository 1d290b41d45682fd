// What the page is not, always in view; and what names the result.
import { h } from "../dom";
import { number, t } from "../language";

export class FooterView {
  readonly element: HTMLElement;
  private readonly status = h("span", { class: "status", role: "status" });
  private readonly hash = h("span", { class: "hash" });

  constructor(version: string) {
    const about = h("span", { class: "about" }, h("span", {}, this.status, " · ", `nlcsim ${version}`), this.hash);
    this.element = h("footer", {}, h("strong", { class: "not" }, t("footer.not")), about);
    this.showHash(null);
  }

  showRuns(done: number, wanted: number): void {
    this.element.dataset.runs = String(done);
    this.status.textContent = done < wanted ? t("footer.running", { done: number(done), wanted: number(wanted) }) : t("footer.runs", { number: number(wanted) });
  }

  showHash(hash: string | null): void {
    if (hash === null) delete this.element.dataset.hash;
    else this.element.dataset.hash = hash;
    this.hash.textContent = t("footer.hash", { hash: hash ?? "…" });
  }

  showProblem(text: string): void {
    this.status.textContent = text;
  }
}
