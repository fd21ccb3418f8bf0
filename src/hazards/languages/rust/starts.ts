import type { Node } from 'web-tree-sitter';
import { argumentsOf, calledAt, isAwaited } from './calls';
import type { RustFile } from './file';
import * as names from './names';
import { armAround } from './select';

/** `tokio::spawn(…)`, `self.tasks.spawn(…)`: a start that nobody waits for where it stands. */
export function startsTask(place: Node, file: RustFile): boolean {
  const call = calledAt(place);
  if (!call || !names.spawning.test(call.name) || isAwaited(place)) return false;
  if (place.type === 'call_expression' ? argumentsOf(place).length === 0 : armAround(place) === null) return false;
  return !names.otherSpawners.test(call.receiver) && file.importsAny(names.spawners);
}
