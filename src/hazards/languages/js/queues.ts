import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { contains } from '../../syntax';
import { arrayOf, calleeName, receiverOf, type SourceFile } from './file';

/** What an array is called that holds what waits. */
const waiting = /queue|pending|backlog|outbox|inbox|waiting|unsent|outgoing|incoming|buffered|postponed/i;

/** Methods of a stream, which runs them one at a time. */
const streams = /^_(write|writev|transform|read|final|flush)$/;

/** An array of the module or of a class that is made longer once for each item, or that one function fills and another empties. */
export function queueOf(push: Node, file: SourceFile, perItem: () => Growth | null): Growth | null {
  const growth = file.outlivesCalls(arrayOf(push)) ? perItem() : null;
  if (growth && !growth.open) return growth;
  const meanwhile = betweenFunctions(push, file);
  return growth && meanwhile ? { ...growth, meanwhile } : (growth ?? meanwhile);
}

/** `this.queue.push(item)` in one method, `this.queue.shift()` in another. */
function betweenFunctions(push: Node, file: SourceFile): Growth | null {
  const name = /^[\w$.]+\.([\w$#]+)$/.exec(arrayOf(push))?.[1] ?? '';
  if (!waiting.test(name) || answersOrSpares.test(name)) return null;
  const own = name.replaceAll('$', '\\$');
  if (!new RegExp(`\\b${own}\\b[^=\\n]*(\\|\\||\\?\\?)?= \\[\\]`).test(file.text)) return null;
  const around = file.functionAround(push);
  const method = around ? file.nameOf(around) : '';
  if (!around || method === '' || runsSeldom(method) || streams.test(method)) return null;
  const take = file.root
    .descendantsOfType('call_expression')
    .find((call) => takes(call, name) && !contains(around, call));
  return take ? handedOver({ put: push, name: method, around }, take) : null;
}

/** `queue.shift()`, `queue.splice(0, n)`, `queue.at(0)`. */
function takes(call: Node, name: string): boolean {
  const method = calleeName(call);
  const first = method === 'shift' || (/^(splice|at)$/.test(method) && call.text.includes('(0'));
  return first && receiverOf(call)?.text.split(/[.?]+/).at(-1) === name;
}
