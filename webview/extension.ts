import { createContext } from 'preact';
import type { FromPage } from '../src/protocol/page';

/** Asks something of the extension, from wherever on the page. */
export const Post = createContext<(message: FromPage) => void>(() => undefined);
