import { Node, type ConnectionSettings } from './node';
import type { BrokerAddress } from './wireMetadata';

/** The brokers of one cluster: those that the address names, and after `learn` those that Metadata told. */
export class Cluster {
  private readonly nodes = new Map<number, Node>();
  private readonly seeds: Node[];

  constructor(
    seeds: readonly { host: string; port: number }[],
    private readonly settings: ConnectionSettings,
  ) {
    this.seeds = seeds.map(({ host, port }) => new Node(host, port, settings));
  }

  /** Every broker to ask for Metadata, the connected ones first: when one does not answer, the next may. */
  entrances(): Node[] {
    const all = [...new Set([...this.nodes.values(), ...this.seeds])];
    return [...all.filter(({ connected }) => connected), ...all.filter(({ connected }) => !connected)];
  }

  /** Takes over the brokers of a Metadata answer, keeping connections to those that did not move. */
  learn(brokers: readonly BrokerAddress[]): ReadonlyMap<number, Node> {
    const before = new Map(this.nodes);
    this.nodes.clear();
    for (const { id, host, port } of brokers) {
      const there = (node: Node | undefined) => node?.host === host && node.port === port;
      const known = [before.get(id), ...this.seeds].find(there);
      this.nodes.set(id, known ?? new Node(host, port, this.settings));
    }
    const kept = new Set(this.nodes.values());
    for (const node of before.values()) if (!kept.has(node)) node.drop();
    return this.nodes;
  }

  close(): void {
    for (const node of this.entrances()) node.drop();
  }
}
