import type { Words } from './rule';

/** Words of every kind have to be there. The first that are missing end it, so the rarest come first. */
export const allOf = (...kinds: readonly Words[]): Words => ({
  test: (text) => kinds.every((kind) => kind.test(text)),
});
