import type { Report, StageReport } from '../model/report';

/** Stages and the queues between them. */
export type Part = Pick<Report, 'stages' | 'queues'>;

/**
 * The part of a report that hangs together with each stage, by the stage's name: what flows elsewhere has no bearing on
 * it. Without a pipeline file ten thousand consumer groups are as many parts.
 */
export function connectedParts({ stages, queues }: Part): ReadonlyMap<string, Part> {
  const users = usersByQueue(stages);
  const queueById = new Map(queues.map((queue) => [queue.id, queue]));
  const parts = new Map<string, Part>();
  for (const stage of stages) {
    if (parts.has(stage.name)) continue;
    const [members, ids] = [new Set([stage]), new Set<string>()];
    for (const member of members) {
      for (const id of [...member.consumes, ...member.produces]) {
        ids.add(id);
        for (const user of users.get(id) ?? []) members.add(user);
      }
    }
    const part = { stages: [...members], queues: [...ids].flatMap((id) => queueById.get(id) ?? []) };
    for (const { name } of members) parts.set(name, part);
  }
  return parts;
}

function usersByQueue(stages: readonly StageReport[]): ReadonlyMap<string, StageReport[]> {
  const users = new Map<string, StageReport[]>();
  for (const stage of stages) {
    for (const id of new Set([...stage.consumes, ...stage.produces])) {
      const known = users.get(id);
      if (known) known.push(stage);
      else users.set(id, [stage]);
    }
  }
  return users;
}
