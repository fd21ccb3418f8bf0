import type { Rule } from '../../../rule';
import { taskPerItem } from '../../taskPerItem';
import { semaphore } from './semaphore';
import { ownAnswers } from '../../sentences';

/** A task or thread for each message, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  ...taskPerItem('task', 'tasks and memory'),
  id: 'py/unbounded-spawn',
  title: 'A task for each message, without a limit',
  help: `Tasks start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (await semaphore.acquire(), and release it when the task is done), or let a fixed number of workers read an asyncio.Queue that has a maxsize. ${ownAnswers}`,
  words:
    /\((?<=(?<!class )\b(\w*create_(\w+_)?task|fire_and_forget|(run|start|spawn)_in_background|(start|spawn)_task|ensure_future|start_soon|run_coroutine_threadsafe|spawn|spawn_n|\w*Thread|Process|start_background_task|start_new_thread)\()|\bThreading(?:MixIn|(?:HTTP|TCP|UDP|UnixStream|UnixDatagram)Server)\b/,
  query: `
    (call function: [(identifier) @name (attribute attribute: (identifier) @name)]
      (#match? @name "^([a-z_]*create_([a-z]+_)?task|fire_and_forget|(run|start|spawn)_in_background|(start|spawn|start_background)_task|ensure_future|start_soon|run_coroutine_threadsafe|spawn(_n)?|_?([A-Z][A-Za-z]*)?Thread|Process|start_new_thread|Threading(HTTP|TCP|UDP|UnixStream|UnixDatagram)Server)$")) @place
    (class_definition name: (identifier) @place superclasses: (argument_list [(identifier) @base (attribute attribute: (identifier) @base)])
      (#match? @base "^Threading(MixIn|(HTTP|TCP|UDP|UnixStream|UnixDatagram)Server)$"))`,
  fixes: [semaphore],
};
