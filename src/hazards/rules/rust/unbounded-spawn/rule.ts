import type { Rule } from '../../../rule';
import { taskPerItem } from '../../taskPerItem';
import { semaphore } from './semaphore';
import { ownAnswers } from '../../sentences';

/** A task or thread for each message, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  ...taskPerItem('task', 'tasks and memory'),
  id: 'rust/unbounded-spawn',
  title: 'A task for each message, without a limit',
  help: `Tasks start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (Semaphore::acquire_owned, moved into the task), wait for one of a JoinSet when it is full, or use for_each_concurrent with a limit. ${ownAnswers}`,
  words: /\bspawn(_blocking|_local|_on|_pinned)?\s*\(/,
  query: `
    (call_expression
      function: [
        (identifier) @name
        (scoped_identifier name: (identifier) @name)
        (field_expression field: (field_identifier) @name)
      ]
      (#any-of? @name "spawn" "spawn_blocking" "spawn_local" "spawn_on" "spawn_pinned")) @place
    (token_tree (identifier) @place (#any-of? @place "spawn" "spawn_blocking" "spawn_local" "spawn_on"))`,
  fixes: [semaphore('rust/unbounded-spawn')],
};
