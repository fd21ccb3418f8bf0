import { createContext } from 'preact';
import type { FromPage, ToPage } from '../src/protocol/page';

/** Asks something of the extension, from wherever on the page. */
export const Post = createContext<(message: FromPage) => void>(() => undefined);

/** What the extension last said to a what-if; null before the first answer. */
export const Answer = createContext<Extract<ToPage, { type: 'whatIf' }> | null>(null);
