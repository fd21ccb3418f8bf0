import { duration, plural } from '../model/format';
import type { Note, QueueReport } from '../model/report';
import type { Observation } from '../model/series';

/** A note about the whole report, unless a stage or queue is named. */
export const note = (
  level: Note['level'],
  code: string,
  text: string,
  about: { stage?: string; queue?: string } = {},
): Note => ({ level, code, text, stage: about.stage ?? null, queue: about.queue ?? null });

/** What could not be read, and what to do about it. */
export function measurementNotes({ brokers, samples }: Observation, queues: readonly QueueReport[]): Note[] {
  return [
    ...brokers.flatMap(({ name, state, error }) =>
      error === null
        ? []
        : [
            state === 'failed'
              ? note(
                  'error',
                  'broker-failed',
                  `${name} could not be read: ${error.message}. What to do: ${error.next}.`,
                )
              : note(
                  'warning',
                  'broker-partial',
                  `${name} was read in part: ${error.message}. What to do: ${error.next}.`,
                ),
          ],
    ),
    ...brokers.flatMap(({ name, pressure }) =>
      pressure.map((words) => note('warning', 'broker-pressure', `${name} is under pressure: ${words}.`)),
    ),
    ...(samples < 2 ? [note('warning', 'few-samples', 'One sweep tells no rates: sample for longer, 60 s say.')] : []),
    ...staleNotes(queues),
    ...unreadableNotes(queues),
  ];
}

function staleNotes(queues: readonly QueueReport[]): Note[] {
  const stale = queues.filter(({ state }) => state === 'stale');
  return stale.length === 0
    ? []
    : [note('info', 'stale', `${plural(stale.length, 'queue was', 'queues were')} not in the newest sweeps.`)];
}

/** One note for each reason, not for each of a thousand denied rows. */
function unreadableNotes(queues: readonly QueueReport[]): Note[] {
  const reasons = new Map<string, QueueReport[]>();
  for (const queue of queues) {
    const why = queue.missing.backlog;
    if (queue.state !== 'unknown' || !why) continue;
    const rows = reasons.get(why.reason);
    if (rows) rows.push(queue);
    else reasons.set(why.reason, [queue]);
  }
  return [...reasons].map(([reason, rows]) => {
    const [only] = rows;
    const about = rows.length === 1 && only ? { queue: only.id } : {};
    return note('warning', 'queue-unreadable', `${plural(rows.length, 'queue')} could not be read: ${reason}.`, about);
  });
}

/** How long and how often was looked, for people. */
export const windowText = (seconds: number, samples: number) => `${duration(seconds)}, ${plural(samples, 'sample')}`;
