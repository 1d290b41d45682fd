// Makes elements of pictures that stand by themselves, so that what is shown can be taken home.
type Child = Node | string;

export function s<K extends keyof SVGElementTagNameMap>(tag: K, properties: Record<string, string | number> = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

// Canvases and pictures do not follow the size of the page's type by themselves.
export function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

export function picture(width: number, height: number, ...children: Child[]): SVGSVGElement {
  return s("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, sans-serif" }, ...children);
}

export function label(text: string, x: number, y: number, properties: Record<string, string | number> = {}): SVGTextElement {
  return s("text", { x, y, fill: "#566472", "font-size": 0.85 * rem(), ...properties }, text);
}
