import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { calleeName, receiverText } from '../../../languages/java/file';
import { argumentsOf, callsOnHeld, holdsLock, madeType, throwsInterrupted } from '../fixing';
import type { Growth } from '../../../rule';

const size = 1000;

/** A capacity, and `put` instead of what would refuse or throw when it is full: who fills it waits. */
export function capacity(made: Node, { turns }: Growth, text: string): Fix | null {
  const list = made.childForFieldName('arguments');
  const puts = callsOnHeld(made, /^((put|add|offer)(First|Last)?|addAll)$/);
  if (!/^LinkedBlocking(Queue|Deque)$/.test(madeType(made)) || !list || !puts?.length) return null;
  // A function that something else runs must not wait for who may be waiting for it.
  if (turns[0]?.repeated.type === 'lambda_expression' || puts.some((put) => calleeName(put) === 'addAll')) return null;
  // A plain Queue has no put.
  if (puts.some((put) => isPlainQueue(receiverText(put), text))) return null;
  const waiting = puts.flatMap((put) => waitingPut(put, text) ?? [null]);
  if (waiting.includes(null)) return null;
  return {
    id: 'java/unbounded-queue/capacity',
    title: `Let put wait when ${size} are in it (a capacity)`,
    edits: [
      { start: list.startIndex, end: list.endIndex, text: `(${size})` },
      ...waiting.filter((each): each is Edit => each !== null),
    ],
  };
}

const isPlainQueue = (receiver: string, text: string) =>
  new RegExp(`\\b(Queue|Deque|Collection|List)(<[^;=()]*>)?\\s+${receiver.split('.').at(-1) ?? ''}\\b`).test(text);

/** The edits that make one call wait; null: its result is used, it holds a lock, or there is no room for a try block. */
function waitingPut(call: Node, text: string): Edit[] | null {
  const name = call.childForFieldName('name');
  const statement = call.parent?.type === 'expression_statement' ? call.parent : null;
  if (!name || argumentsOf(call).length !== 1) return null;
  if (name.text.startsWith('put')) return [];
  if (!statement || holdsLock(call)) return null;
  const put = name.text.replace(/^(add|offer)/, 'put');
  if (throwsInterrupted(call)) return [{ start: name.startIndex, end: name.endIndex, text: put }];
  const end = newlineOf(text);
  const indent = indentOf(statement, text);
  const unit = stepOf(text);
  const above = text.slice(text.lastIndexOf('\n', statement.startIndex - 1) + 1, statement.startIndex);
  if (above.trim() !== '') return null;
  const waits = `${text.slice(statement.startIndex, name.startIndex)}${put}${text.slice(name.endIndex, statement.endIndex)}`;
  const lines = ['try {', `${unit}${waits}`, '} catch (InterruptedException interrupted) {'];
  const all = [...lines, `${unit}Thread.currentThread().interrupt();`, '}'].join(`${end}${indent}`);
  return [{ start: statement.startIndex, end: statement.endIndex, text: all }];
}
