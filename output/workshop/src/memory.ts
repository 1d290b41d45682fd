// What the room has said that is no setting: its guess, the codes of its tables. It outlives a change of
// language, and goes into a file; whoever reads it must be ready for anything.
let said: Record<string, unknown> = {};

export function remembered(name: string): unknown {
  return said[name];
}

export function remember(name: string, value: unknown): void {
  said[name] = value;
}

export function allRemembered(): Record<string, unknown> {
  return said;
}

export function rememberAll(values: Record<string, unknown>): void {
  said = { ...values };
}
