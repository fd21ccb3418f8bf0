import type { MemberReading } from '../../model/sweep';
import type { GroupState, MemberState } from './state';

/**
 * The members of a group that read one topic: those assigned some of its partitions and those that subscribed and got
 * none. Where the broker does not tell what members subscribed to, as between two rebalances, all are counted.
 */
export function membersOn(
  { members, membersProblem, problem, type }: GroupState,
  topic: string,
): { members: MemberReading[] | null; consumers: number | null; problem: string | null; approximate: string | null } {
  // What a share group has is a reason, not a failure.
  if ((problem && type !== 'share') || !members) {
    return { members: null, consumers: null, problem: problem ?? membersProblem ?? 'not read', approximate: null };
  }
  const assigned = (member: MemberState) => member.assigned.some(({ topic: name }) => name === topic);
  const on = members.filter((member) => assigned(member) || (member.subscribed?.includes(topic) ?? true));
  const guessed = on.some((member) => member.subscribed === null && !assigned(member));
  return {
    members: on.map(({ id, client, host }) => ({
      id,
      client,
      host: host.replace(/^\//, ''),
      inFlight: null,
      idleSeconds: null,
      prefetch: null,
    })),
    consumers: on.length,
    problem: null,
    approximate: guessed ? 'the broker does not tell which topics every member subscribed to: all are counted' : null,
  };
}
