import type { Node } from 'web-tree-sitter';
import type { Sought } from './queries';

/** The nodes that a file's facts are read from, found in one walk over its tree. */
export class Walked {
  readonly #byType = new Map<string, Node[]>();

  /** @param nodes in the order of the text */
  constructor(private readonly nodes: readonly Node[]) {
    for (const node of nodes) {
      const same = this.#byType.get(node.type);
      if (same) same.push(node);
      else this.#byType.set(node.type, [node]);
    }
  }

  /** Those of the types, in the order of the text. */
  of(...types: readonly string[]): readonly Node[] {
    const [only] = types;
    if (types.length === 1 && only !== undefined) return this.#byType.get(only) ?? [];
    return this.nodes.filter(({ type }) => types.includes(type));
  }
}

export const walkedIn = (root: Node, types: readonly string[]) => new Walked(root.descendantsOfType([...types]));

/** Nodes of the types, as a query. */
export const nodesOf = (types: readonly string[]): Sought => ({
  query: `[${types.map((type) => `(${type})`).join(' ')}] @place`,
});
