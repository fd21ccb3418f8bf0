import type { Calls } from './calls';
import { chunks, each } from './chunks';
import type { Node } from './node';
import { apiKeys, choose } from './wire';
import { describeTopicConfigs } from './wireConfigs';

const topicsPerRequest = 250;
const requestsInFlight = 2;
/** A topic's policy seldom changes. */
const keptMs = 300_000;
const setting = 'cleanup.policy';

/** Which topics are compacted, so that offsets are more than messages there. Asked again after five minutes. */
export class CleanupPolicies {
  private readonly topics = new Map<string, { isCompacted: boolean; readAt: number }>();

  /**
   * Brings the policies of these topics up to date. A topic that does not tell, for want of the right to describe its
   * settings say, counts as not compacted.
   * @param now milliseconds since the epoch
   * @throws as `Calls.ask`
   */
  async refresh(calls: Calls, node: Node, topics: readonly string[], now: number): Promise<void> {
    const listed = new Set(topics);
    for (const topic of this.topics.keys()) if (!listed.has(topic)) this.topics.delete(topic);
    if (choose(node.versions, apiKeys.describeConfigs, [1]) === null) return;
    const due = topics.filter((topic) => Math.abs(now - (this.topics.get(topic)?.readAt ?? -Infinity)) >= keptMs);
    await each(chunks(due, topicsPerRequest), requestsInFlight, async (some) => {
      for (const { topic, values } of await calls.ask(node, describeTopicConfigs(some, [setting]))) {
        const isCompacted = (values.get(setting) ?? '').includes('compact');
        this.topics.set(topic, { isCompacted, readAt: now });
      }
    });
  }

  isCompacted(topic: string): boolean {
    return this.topics.get(topic)?.isCompacted ?? false;
  }
}
