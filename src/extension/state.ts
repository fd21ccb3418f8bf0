import type { Memento } from 'vscode';

/** Of the form in which state is kept. Raise it when a form changes, and read the older one in `readState`. */
const version = 1;

/** What a workspace keeps between sessions. */
export type State = Pick<Memento, 'get' | 'update'>;

/** Was it written by a newer version of this extension? It is not understood, and never written over. */
export function isNewer(state: Pick<State, 'get'>, key: string): boolean {
  const kept: unknown = state.get(key);
  if (typeof kept !== 'object' || kept === null || !('version' in kept)) return false;
  return typeof kept.version === 'number' && kept.version > version;
}

/** What is kept under a key, for this version beside what a newer one wrote. Before version 1 it was kept as it is. */
export function readState(state: State, key: string): unknown {
  const kept: unknown = state.get(placeOf(state, key));
  if (typeof kept !== 'object' || kept === null || !('version' in kept)) return kept;
  return kept.version === version && 'value' in kept ? kept.value : undefined;
}

/** Keeps it with the version of its form. */
export const writeState = (state: State, key: string, value: unknown): Thenable<void> =>
  state.update(placeOf(state, key), { version, value });

const placeOf = (state: State, key: string) => (isNewer(state, key) ? `${key}@${version}` : key);

/** Of what was kept the texts; none where it is no list. */
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
