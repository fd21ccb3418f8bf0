import type { Reader } from './bytes';
import { apiKeys, type Call } from './wire';
import { assignment, type DescribedGroup, type GroupMember } from './wireMembers';

export const shareGroupDescribeVersions = [1] as const;

/** ShareGroupDescribe v1 (Kafka 4.1), for groups of KIP-932. */
export function shareGroupDescribe(groups: readonly string[]): Call<DescribedGroup[]> {
  return {
    name: 'ShareGroupDescribe',
    apiKey: apiKeys.shareGroupDescribe,
    version: 1,
    encode: (out) => {
      const withOperations = false;
      out.untagged().compactArray(groups, (group) => out.compactString(group));
      out.boolean(withOperations).untagged();
    },
    decode: (answer) => {
      answer.tagged(null);
      answer.int32();
      return answer.compactArray(() => {
        const error = answer.int16();
        answer.compactString();
        const [group, state] = [answer.compactString(), answer.compactString()];
        const epoch = answer.int32();
        answer.int32();
        answer.compactString();
        const members = answer.compactArray(() => member(answer));
        answer.int32();
        return answer.tagged({ group, error, state, epoch, members });
      });
    },
  };
}

function member(answer: Reader): GroupMember {
  const id = answer.compactString();
  answer.compactString();
  answer.int32();
  const [client, host] = [answer.compactString(), answer.compactString()];
  const subscribed = answer.compactArray(() => answer.compactString());
  return answer.tagged({ id, client, host, subscribed, assigned: assignment(answer) });
}
