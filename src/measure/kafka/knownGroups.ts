import { emptyGroup } from './readGroups';
import type { GroupState } from './state';

interface Known {
  /** Id of the broker that kept the group. */
  coordinator: number;
  topics: string[];
}

/** Which groups past sweeps saw, so that one whose coordinator is away keeps its rows and says why they are empty. */
export class KnownGroups {
  private readonly groups = new Map<string, Known>();

  /** Takes in a group as its coordinator told it. One that could not tell its topics, as while it moves, keeps its last. */
  learn(coordinator: number, group: GroupState): void {
    if (group.problem && group.committed.size === 0) {
      restoreTopics(group, this.groups.get(group.name)?.topics ?? []);
      return;
    }
    const assigned = (group.members ?? []).flatMap((member) => member.assigned.map(({ topic }) => topic));
    this.groups.set(group.name, { coordinator, topics: [...new Set([...group.committed.keys(), ...assigned])] });
  }

  /**
   * The groups that were seen before and that nobody lists now because their coordinator did not answer or could not list
   * them. Those that a coordinator no longer has are forgotten.
   * @param listed the groups of this sweep
   * @param answered by broker id, why its list is incomplete; null for a whole one
   */
  missing(listed: ReadonlySet<string>, answered: ReadonlyMap<number, string | null>): GroupState[] {
    const missing: GroupState[] = [];
    for (const [name, { coordinator, topics }] of this.groups) {
      if (listed.has(name)) continue;
      const told = answered.get(coordinator);
      if (told === null) {
        this.groups.delete(name);
        continue;
      }
      const problem = told ?? `its coordinator, broker ${coordinator}, did not answer`;
      const group = {
        ...emptyGroup({ group: name, state: null, type: null }),
        members: null,
        membersProblem: problem,
        problem,
      };
      restoreTopics(group, topics);
      missing.push(group);
    }
    return missing;
  }
}

function restoreTopics(group: GroupState, topics: readonly string[]): void {
  for (const topic of topics) group.committed.set(topic, new Map());
}
