import type { Reader } from './bytes';
import { apiKeys, type Call } from './wire';
import { assignment, groupsDescribed, type DescribedGroup, type GroupMember } from './wireMembers';

export const shareGroupDescribeVersions = [1] as const;

/** ShareGroupDescribe v1 (Kafka 4.1), for groups of KIP-932. */
export const shareGroupDescribe = (groups: readonly string[]): Call<DescribedGroup[]> => ({
  name: 'ShareGroupDescribe',
  apiKey: apiKeys.shareGroupDescribe,
  version: 1,
  ...groupsDescribed(groups, member),
});

function member(answer: Reader): GroupMember {
  const id = answer.compactString();
  answer.compactString();
  answer.int32();
  const [client, host] = [answer.compactString(), answer.compactString()];
  const subscribed = answer.compactArray(() => answer.compactString());
  return answer.tagged({ id, client, host, subscribed, assigned: assignment(answer) });
}
