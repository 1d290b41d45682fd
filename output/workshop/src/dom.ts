// Makes elements: h("button", { class: "quiet", onclick: play }, "text", child).
type Properties = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;
type Child = Node | string;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

// Draws once a frame however often it is asked to.
export function onceAFrame(draw: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

const LONGEST_FRAME = 50; // milliseconds; a page that is not seen has no frames

// After the next frame.
export const drawn = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME);
  });

export const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
