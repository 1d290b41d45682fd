// A session as a file: what a link says, and what the room has said.
import { allRemembered } from "./memory";
import type { Contents } from "./scenario";
import { fragmentOf, stateOf } from "./share";
import type { State } from "./state";

const KIND = "nlcsim-workshop-session";
const VERSION = 1;
export const MOST_BYTES = 1e6;

export interface Session {
  state: State;
  room: Record<string, unknown>;
  isSame: boolean; // the scenario is the one that it was saved with
}

// The key of the text that says what is wrong with a file.
export class SessionError extends Error {
  constructor(readonly key: string, readonly values: Record<string, string> = {}) {
    super(key);
  }
}

export function sessionText(contents: Contents, state: State): string {
  const { name, hash } = contents.scenarios[state.scenario];
  return `${JSON.stringify({ file: KIND, version: VERSION, program: contents.version, scenario: name, hash, address: fragmentOf(contents, state), room: allRemembered() }, null, 1)}\n`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value) && value.file === KIND) return value;
  } catch {
    // It is not even JSON.
  }
  throw new SessionError("session.foreign");
}

export function readSession(contents: Contents, text: string): Session {
  const { version, scenario, hash, address, room } = parse(text);
  if (typeof version === "number" && version > VERSION) throw new SessionError("session.newer");
  if (typeof scenario !== "string" || typeof address !== "string" || !isRecord(room)) throw new SessionError("session.foreign");
  const known = contents.scenarios.find(({ name }) => name === scenario);
  if (!known) throw new SessionError("session.unknown", { name: scenario });
  return { state: stateOf(contents, address), room, isSame: known.hash === hash };
}
