import type { Library } from './library';

export const java: readonly Library[] = [];
