import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, receiverText, type JavaFile } from './file';

/** What throws items away when there is no room: a policy of an executor, or an offer to a queue with a capacity. */
export function dropOf(place: Node, file: JavaFile): Growth | null {
  const what = calleeName(place) === 'offer' ? offered(place, file) : discarded(place);
  if (what === null) return null;
  return {
    unit: 'call',
    source: calleeName(place) === 'offer' ? receiverText(place) : calleeName(place),
    evidence: [what],
    turns: [{ place, repeated: place }],
    settledEarly: null,
  };
}

function discarded(made: Node): string | null {
  const policy = calleeName(made);
  const around = [...ancestorsOf(made)].find((outer) => calleeName(outer) === 'ThreadPoolExecutor');
  // The latest replaces the one that waits: it stands for all that came before.
  const keepsLatest = around && /<[^>]*>\(1[,)]|SynchronousQueue/.test(around.text);
  if (!/^Discard(Oldest)?Policy$/.test(policy) || keepsLatest) return null;
  return `\`${policy}\` on line ${lineOf(made)} throws a task away when the queue is full, and tells nobody`;
}

function offered(call: Node, file: JavaFile): string | null {
  const queue = receiverText(call).replace(/^this\./, '');
  const capacity = file.capacityOf(queue);
  if (argumentsOf(call).length !== 1 || capacity === null || capacity === '1') return null;
  return `\`${oneLine(call)}\` on line ${lineOf(call)} throws away what \`${queue}\` (capacity ${capacity}) has no room for`;
}

/** Somebody is told: the answer of the offer is read. */
export const answerRead = (call: Node): string | null =>
  calleeName(call) === 'offer' && call.parent?.type !== 'expression_statement'
    ? `its answer is read on line ${lineOf(call)}`
    : null;
