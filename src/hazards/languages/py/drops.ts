import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, partsOf, placeOf } from '../../syntax';
import { calleeName, positional, receiverText, type PythonFile } from './file';
import { perItem } from './growth';
import { isToken } from './queues/between';
import { running } from './turn';

/** `except QueueFull:` below a put that does not wait: an item that finds no room is gone. */
export function dropOf(clause: Node, file: PythonFile): Growth | null {
  const [caught] = partsOf(clause);
  const body = clause.parent?.childForFieldName('body');
  if (!caught || !body || !/\b(QueueFull|Full|WouldBlock|SyncQueueFull|AsyncQueueFull)\b/.test(caught.text))
    return null;
  const put = running([body], 'call').find((call) => /^(put_nowait|put|send_nowait|try_put)$/.test(calleeName(call)));
  // What `self` puts is tried first and waited for then.
  if (!put || isToken(positional(put)[0]) || receiverText(put) === 'self') return null;
  if (isTriedAgain(clause, body) || isGivenBack(put, file)) return null;
  return {
    unit: perItem(put, file)?.unit ?? 'value',
    source: receiverText(put),
    evidence: [`${placeOf(put)} is passed over when there is no room`],
    turns: [{ place: clause, repeated: clause }],
    settledEarly: null,
  };
}

/** `while True: try: jobs.put(job, timeout=1); return` */
const isTriedAgain = (clause: Node, body: Node): boolean =>
  partsOf(body).some(({ type }) => /^(return|break)_statement$/.test(type)) &&
  [...ancestorsOf(clause)].find(({ type }) => /^((while|for)_statement|function_definition)$/.test(type))?.type ===
    'while_statement';

/** What a pool that is full does not take back is not needed. */
const isGivenBack = (put: Node, file: PythonFile): boolean =>
  /pool/i.test(`${receiverText(put)} ${file.classAround(put)?.childForFieldName('name')?.text ?? ''}`);

/** What is done instead: a count, a log line, an answer, an item taken out; null: nothing. */
export function toldBy(clause: Node): string | null {
  const told = partsOf(bodyOf(clause)).find(({ type }) => !/^(pass|continue|break)_statement$/.test(type));
  return told ? `${placeOf(told)} tells of it` : null;
}

/** The statements of an `except` clause. */
export const bodyOf = (clause: Node): Node => partsOf(clause).find(({ type }) => type === 'block') ?? clause;
