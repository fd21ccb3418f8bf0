import type { Node } from 'web-tree-sitter';
import { applied, statementIn, type Edit } from '../fixes/edits';
import type { Language } from '../rule';
import { goLoop, goPool, goWords } from './go';
import { javaLoop, javaPool, javaWords } from './java';
import { jsLoop, jsPool, jsWords } from './js';
import { NotPooled, selectedLoop, type Loop, type LoopWords } from './loop';
import { pyLoop, pyPool, pyWords } from './py';

interface Pooling {
  words: LoopWords;
  loopOf(node: Node): Pick<Loop, 'body' | 'over'>;
  pool(loop: Loop): Edit[];
}

const js: Pooling = { words: jsWords, loopOf: jsLoop, pool: jsPool };

const poolings: Partial<Record<Language, Pooling>> = {
  go: { words: goWords, loopOf: goLoop, pool: goPool },
  javascript: js,
  typescript: js,
  tsx: js,
  python: { words: pyWords, loopOf: pyLoop, pool: pyPool },
  java: { words: javaWords, loopOf: javaLoop, pool: javaPool },
};

/** A stretch of a text in UTF-16 units from 0, and how many may run at once. */
export interface Selected {
  start: number;
  end: number;
  size: number;
}

/** The text in which the loop is a pool, and the line, from 0, on which it begins; or why it cannot be one. */
export type Pooled = { text: string; line: number } | { refused: string };

/** Has the body of the selected loop run in a pool of so many, instead of one turn after the other. */
export function pooled(language: Language, root: Node, text: string, { start, end, size }: Selected): Pooled {
  try {
    const pooling = poolings[language];
    if (!pooling) throw new NotPooled('Loops become pools in Go, TypeScript, JavaScript, Python and Java.');
    const node = selectedLoop(root, text, start, end, pooling.words);
    if (statementIn(node, pooling.words.blocks)?.id !== node.id)
      throw new NotPooled('The loop has to stand in a block by itself, without a label.');
    const edits = pooling.pool({ node, ...pooling.loopOf(node), root, text, size });
    const above = edits.filter((edit) => edit.end <= node.startIndex);
    const line = applied(text.slice(0, node.startIndex), above).split('\n').length - 1;
    return { text: applied(text, edits), line };
  } catch (error) {
    if (error instanceof NotPooled) return { refused: error.message };
    throw error;
  }
}
