import type { Calls } from './calls';
import { chunks, eachOver } from './chunks';
import type { Lanes } from './readTopics';
import { apiKeys, choose } from './wire';
import { describeTopicConfigs } from './wireConfigs';

/** A broker takes some 50 µs for each topic. */
const topicsPerRequest = 100;
/** So many that the broker always has the next one while rows are made of what is there. */
const requestsInFlight = 5;
/** A topic's policy seldom changes. */
const keptMs = 300_000;
const setting = 'cleanup.policy';

/** Which topics are compacted, so that offsets are more than messages there. Asked again after five minutes. */
export class CleanupPolicies {
  private readonly topics = new Map<string, { isCompacted: boolean; readAt: number }>();

  /**
   * Brings the policies of these topics up to date. A topic that does not tell, for want of the right to describe its
   * settings say, counts as not compacted.
   * @param lanes connections to one broker, to be asked side by side
   * @param now milliseconds since the epoch
   * @throws as `Calls.ask`
   */
  async refresh(calls: Calls, lanes: Lanes, topics: readonly string[], now: number): Promise<void> {
    const listed = new Set(topics);
    for (const topic of this.topics.keys()) if (!listed.has(topic)) this.topics.delete(topic);
    if (choose(lanes[0].versions, apiKeys.describeConfigs, [1]) === null) return;
    const due = topics.filter((topic) => Math.abs(now - (this.topics.get(topic)?.readAt ?? -Infinity)) >= keptMs);
    await eachOver(lanes, chunks(due, topicsPerRequest), requestsInFlight, async (node, some) => {
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
