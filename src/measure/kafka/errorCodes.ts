/** What an error code in one row means for the person reading it (codes: Kafka's protocol guide). */
const reasons: Record<number, string> = {
  3: 'the broker does not know this topic (any more)',
  5: 'the partition has no leader: the brokers that hold it are down',
  6: 'the partition is moving to another leader; the next sweep asks there',
  7: 'the broker did not answer in time',
  14: 'the group is still being loaded by its coordinator; the next sweep asks again',
  15: 'the group has no coordinator at the moment',
  16: 'the group is moving to another coordinator; the next sweep asks there',
  29: 'denied: the user needs Describe on this topic',
  30: 'denied: the user needs Describe on this group',
  31: 'denied: the user needs Describe on the cluster',
  35: 'the broker does not offer this request',
  72: 'the partition has no leader on this listener',
};

/** One short sentence for an error code of Kafka's protocol, or null for 0 (no error). */
export function reasonOf(code: number): string | null {
  return code === 0 ? null : (reasons[code] ?? `the broker answered with error code ${code}`);
}

export const noLeader = reasons[5] ?? '';
