import type { Memento } from 'vscode';

/** Of the form in which state is kept. Raise it when a form changes, and read the older one in `readState`. */
const version = 1;

/** What a workspace keeps between sessions. */
export type State = Pick<Memento, 'get' | 'update'>;

/**
 * What is kept under a key. Before version 1 it was kept as it is; what a newer version of this extension wrote is not
 * understood, and reads as nothing.
 */
export function readState(state: State, key: string): unknown {
  const kept: unknown = state.get(key);
  if (typeof kept !== 'object' || kept === null || !('version' in kept)) return kept;
  return kept.version === version && 'value' in kept ? kept.value : undefined;
}

/** Keeps it with the version of its form. */
export const writeState = (state: State, key: string, value: unknown): Thenable<void> =>
  state.update(key, { version, value });

/** Of what was kept the texts; none where it is no list. */
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
