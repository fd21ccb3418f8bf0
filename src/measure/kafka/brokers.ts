import type { Node } from './node';

/** A broker that could not be asked, or no longer. */
export interface AwayNode {
  id: number;
  node: Node;
  error: unknown;
}

/** The brokers of a cluster during one sweep: one that fails is not asked again in it. */
export class Brokers {
  readonly away = new Map<number, AwayNode>();

  constructor(readonly nodes: ReadonlyMap<number, Node>) {}

  /** Asks all at once that have not failed. */
  async each(ask: (node: Node, id: number) => Promise<void>): Promise<void> {
    await Promise.all(
      [...this.nodes].map(async ([id, node]) => {
        if (this.away.has(id)) return;
        await ask(node, id).catch((error: unknown) => {
          // What fails after that fails because its connection was closed.
          if (!this.away.has(id)) this.away.set(id, { id, node, error });
        });
      }),
    );
  }

  /** Is it of this cluster, and has it not failed? */
  answers(id: number): boolean {
    return this.nodes.has(id) && !this.away.has(id);
  }

  /** Any that answers. */
  get some(): Node | undefined {
    return [...this.nodes].find(([id]) => !this.away.has(id))?.[1];
  }
}
