// One lever for a part of the places: those of a country, a tier, a wave or a group, or of several of them together.
import { h } from "../dom";
import type { Places } from "../engine/module";
import { number, t, tierName } from "../language";
import type { Lever } from "../scenario";
import { type Address, addressOf, type PlaceKey, PLACES, readAddress, selects, type Setting } from "../settings";
import { partsOfLever, waveOffset, withParts, withSpan } from "../spans";
import { choose, chooseMonth, replaceControls } from "./monthfields";
import { beginOf, type Months, valueField } from "./monthforms";

interface Labels {
  names: string[];
  of: Uint32Array; // of each place
}

function labelsOf(places: Places, key: PlaceKey): Labels {
  const labels = { under: [places.countries, places.country], tier: [places.tiers, places.tier], wave: [places.waves, places.wave], group: [places.groups, places.group] } as const;
  const [names, of] = labels[key];
  return { names, of };
}

// The labels that places have beside what else is asked of them. The empty one is no label.
function namesBeside(places: Places, key: PlaceKey, asked: Partial<Address>): string[] {
  const others = PLACES.filter((one) => one !== key && asked[one] !== undefined).map((one) => ({ ...labelsOf(places, one), wanted: asked[one] }));
  const { names, of } = labelsOf(places, key), found = new Set<number>();
  for (let i = 0; i < places.numNodes; i++) if (others.every((other) => other.names[other.of[i]] === other.wanted)) found.add(of[i]);
  return names.filter((name, k) => name !== "" && found.has(k));
}

// By what the places of a scenario are told apart.
export function keysOf(places: Places): PlaceKey[] {
  return PLACES.filter((key) => namesBeside(places, key, {}).length > 1);
}

function labelText(key: PlaceKey, name: string): string {
  return key === "tier" ? tierName(name) : key === "wave" ? t("roadmap.one", { name }) : name;
}

// "City · Wave 2"; nothing where it is for all places.
export function wordsOf(address: Address): string {
  return PLACES.filter((key) => address[key]).map((key) => labelText(key, address[key]!)).join(" · ");
}

export class PlacesForm {
  readonly element: HTMLDetailsElement;
  private readonly summary = h("summary", {});
  private readonly form = h("div", { class: "form" });
  private shown = "";

  constructor(private readonly of: Months, private readonly lever: Lever, private readonly keys: PlaceKey[]) {
    this.element = h("details", { class: "places-of", id: `places-${lever.name}`, ontoggle: () => this.element.open && this.draw() }, this.summary, this.form);
  }

  // Where there is but one country, tier, wave and group, or the lever belongs to all of one, there is no part.
  static of(of: Months, lever: Lever, keys: PlaceKey[]): PlacesForm | null {
    const own = keys.filter((key) => selects(lever, key));
    return own.length > 0 ? new PlacesForm(of, lever, own) : null;
  }

  mark(settings: Setting[]): void {
    const parts = partsOfLever(settings, this.lever.name), shown = JSON.stringify(parts);
    this.summary.textContent = parts.length > 0 ? t("places.number", { title: t("places.title"), number: number(parts.length) }) : t("places.title");
    this.summary.setAttribute("aria-label", `${t(`lever.${this.lever.name}`)}: ${this.summary.textContent}`);
    this.summary.classList.toggle("changed", parts.length > 0);
    if (this.element.open && shown !== this.shown) this.draw();
  }

  private draw(): void {
    const parts = partsOfLever(this.of.settings(), this.lever.name), next = this.nextOf(parts), { name } = this.lever;
    this.shown = JSON.stringify(parts);
    const add = h("button", { type: "button", id: `${name}-part-add`, disabled: next === null, onclick: () => next && this.put([...parts, next]) }, t("places.add"));
    replaceControls(this.form, ...parts.map((_, k) => this.row(parts, k)), add);
  }

  private put(parts: Setting[]): void {
    this.of.onSettings(withParts(this.of.settings(), this.lever.name, parts));
  }

  // The first part that is not there yet.
  private nextOf(parts: Setting[]): Setting | null {
    const { name } = this.lever, all = this.keys.flatMap((key) => namesBeside(this.of.places, key, {}).map((one) => addressOf({ name, [key]: one })));
    const address = all.find((one) => !parts.some((part) => part.address === one));
    return address === undefined ? null : { address, change: "=", value: String(beginOf(this.of, this.lever)) };
  }

  private row(parts: Setting[], k: number): HTMLElement {
    const { lever } = this, part = parts[k], address = readAddress(part.address)!, id = `${lever.name}-part-${k}`, words = wordsOf(address);
    const change = (next: Partial<Setting> | null) => this.put(withSpan(parts, k, next && { ...part, ...next }));
    const move = (next: Partial<Address>) => change({ address: addressOf({ ...address, ...next }) });
    return h("div", { class: "span", role: "group", "aria-label": words },
      ...this.keys.map((key) => this.choice(`${id}-${key}`, key, address, (value) => move({ [key]: value || undefined }))),
      ...this.months(id, address, move),
      valueField(lever, `${id}-value`, Number(part.value), (value) => change({ value: String(value) }), part.change),
      h("button", { type: "button", id: `${id}-remove`, "aria-label": `${t("months.remove")}: ${words}`, onclick: () => change(null) }, "×"),
      h("code", {}, `${part.address}${part.change}${part.value}`));
  }

  // The last one that is left cannot be opened to all.
  private choice(id: string, key: PlaceKey, address: Address, onChoice: (value: string) => void): HTMLElement {
    const names = namesBeside(this.of.places, key, address), given = address[key], isLast = given !== undefined && PLACES.every((one) => one === key || address[one] === undefined);
    const all: [string, string][] = isLast ? [] : [["", t("places.all")]], foreign = given !== undefined && !names.includes(given) ? [given] : [];
    return choose({ id, label: t(`places.${key}`), value: given ?? "", onChoice }, [...all, ...[...foreign, ...names].map((name) => [name, labelText(key, name)] as [string, string])]);
  }

  private months(id: string, { from, to }: Address, move: (next: Partial<Address>) => void): HTMLElement[] {
    const { start, months } = this.of.scenario, fits = (first: string, last: string) => first === "" || last === "" || last >= first || waveOffset(first) !== null || waveOffset(last) !== null;
    return [
      chooseMonth({ id: `${id}-from`, label: t("months.from"), value: from ?? "", onChoice: (month) => move({ from: month || undefined, to: fits(month, to ?? "") ? to : undefined }) }, start, months, t("time.start")),
      chooseMonth({ id: `${id}-to`, label: t("months.to"), value: to ?? "", onChoice: (month) => move({ to: fits(from ?? "", month) ? month || undefined : to }) }, start, months, t("months.end")),
    ];
  }
}
