import type { Node } from 'web-tree-sitter';
import type { Growth } from './rule';
import { lineOf } from './syntax';

/** A function that is handed an item, and what it is called there. */
export interface Handling {
  node: Node;
  name: string;
  /** The parameter that is the item, as it is declared. */
  item: string;
}

/** Work that a function starts with the item that it is handed. How often that is, its file does not show. */
export const startedForItem = (place: Node, { node, name, item }: Handling): Growth => ({
  unit: 'message',
  source: `${name}(${item})`,
  evidence: [`\`${name}\` (line ${lineOf(node)}) is handed \`${item}\`, and starts this for it`],
  turns: [{ place, repeated: node }],
  settledEarly: null,
  doubt: `how often \`${name}\` is called`,
});
