import type { QueueReading } from '../../model/sweep';

const compacted = 'compacted topic: offsets are more than messages';

/** The row of a topic of which only the newest record of each key is sure to be kept: says which figures are too large. */
export function ofCompacted(row: QueueReading): QueueReading {
  const { backlog, retained, approximate } = row;
  const said = approximate.backlog === undefined ? compacted : `${approximate.backlog}; ${compacted}`;
  return {
    ...row,
    approximate: {
      ...approximate,
      ...(backlog && { backlog: said, waiting: said }),
      ...(retained && { retained: compacted }),
    },
  };
}
