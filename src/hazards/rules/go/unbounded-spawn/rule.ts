import type { Rule } from '../../../rule';
import { taskPerItem } from '../../taskPerItem';
import { startedGoroutines } from '../queries';
import { semaphoreFor } from '../semaphore';
import { roomForOne } from './room';
import { ownAnswers } from '../../sentences';

const perItem = taskPerItem('goroutine', 'goroutines and memory');

/** A goroutine for each message, connection or value that arrives, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  ...perItem,
  id: 'go/unbounded-spawn',
  title: 'A goroutine for each message, without a limit',
  help: `Goroutines start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (a semaphore channel, errgroup with SetLimit), or let a fixed number of workers read the same channel. ${ownAnswers}`,
  ...startedGoroutines,
  // What goes over a channel is mostly held back by whoever sends it: 12 of 26 such reports were right (docs/rules.md).
  severityOf: (growth) => (growth.unit === 'value' ? 'low' : perItem.severityOf(growth)),
  messageOf: (growth) =>
    growth.flaw === 'left-running'
      ? `When \`${growth.source}\` gives up waiting, this goroutine stays for ever: nobody receives what it sends any more, and its channel has no room.`
      : perItem.messageOf(growth),
  lensOf: (growth) =>
    growth.flaw === 'left-running' ? 'unbounded: stays for ever after a time-out' : perItem.lensOf(growth),
  fixes: [semaphoreFor('go/unbounded-spawn'), roomForOne],
};
