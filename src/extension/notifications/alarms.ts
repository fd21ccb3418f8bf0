import type { QueueReport, Severity } from '../../model/report';

/** No queue is told of twice within this time. */
const quietMs = 3_600_000;

/** Decides what is worth interrupting a person for: a queue that becomes critical, at most once an hour. */
export class Alarms {
  readonly #severities = new Map<string, Severity>();
  readonly #toldAt = new Map<string, number>();

  /**
   * Takes in how the queues are now. A queue that is critical when first seen did not change, so it is no news.
   * @param now milliseconds since the epoch
   * @returns those to tell of
   */
  note(queues: readonly Pick<QueueReport, 'id' | 'severity'>[], muted: ReadonlySet<string>, now: number): string[] {
    const news: string[] = [];
    for (const { id, severity } of queues) {
      const before = this.#severities.get(id);
      this.#severities.set(id, severity);
      if (severity !== 'critical' || before === undefined || before === 'critical' || muted.has(id)) continue;
      if (now - (this.#toldAt.get(id) ?? -Infinity) < quietMs) continue;
      this.#toldAt.set(id, now);
      news.push(id);
    }
    return news;
  }

  /** Forgets the queues that are no longer read. @param stays is it still there? */
  forget(stays: (id: string) => boolean): void {
    for (const id of this.#severities.keys()) if (!stays(id)) this.#severities.delete(id);
  }
}
