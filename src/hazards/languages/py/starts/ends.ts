import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf } from '../../../syntax';
import { argumentsOf, calleeName, type PythonFile } from '../file';
import { running } from '../turn';
import { isOfItem } from './oneAtATime';

/**
 * Is what is started over in its first turn, as it only tells somebody who waits, or does it last as long as what it
 * belongs to? The one leaves nothing behind while more arrive; the other is not started with each of them, though the
 * source has no more than a condition to show for it.
 */
export function endsAtOnceOrLasts(place: Node, file: PythonFile): boolean {
  const [work] = argumentsOf(place);
  if (work?.type !== 'call' || !takesCoroutine.test(calleeName(place))) return false;
  const body = file.functionMeant(work.childForFieldName('function'))?.node;
  if (body?.children[0]?.type !== 'async') return false;
  if (!waits(body)) return /\.set_(result|exception)\(/.test(body.text);
  return !isOfItem(work, file) && (isBeat(calleeName(work), body) || isEndless(body));
}

/** Calls that start a coroutine, which runs until it first waits. */
const takesCoroutine = /create_(\w+_)?task$|^ensure_future$/;

/** `async for`, `async with`, `await`, `yield` */
const waits = (body: Node): boolean =>
  running(partsOf(body), 'await', 'yield', 'for_statement', 'with_statement', 'for_in_clause').some(
    ({ type, children }) => /^(await|yield)$/.test(type) || children.some((part) => part.type === 'async'),
  );

/** `async def heartbeat(): while …: await sleep(interval)` */
const isBeat = (name: string, body: Node): boolean =>
  /heart_?beat|_heart\b|keep_?alive/i.test(name) && pausing(body).length > 0;

/** `while True: await sleep(interval)` that nothing leaves but an error. */
const isEndless = (body: Node): boolean =>
  pausing(body).some(
    (loop) =>
      loop.childForFieldName('condition')?.type === 'true' &&
      running(partsOf(loop), 'break_statement', 'return_statement').every(isInHandler),
  );

/** Loops that sleep in each turn. */
const pausing = (body: Node): Node[] =>
  running(partsOf(body), 'while_statement').filter((loop) =>
    running(partsOf(loop), 'call').some((call) => calleeName(call) === 'sleep'),
  );

const isInHandler = (exit: Node): boolean => {
  const around = [...ancestorsOf(exit)];
  const loop = around.findIndex(({ type }) => type === 'while_statement');
  return around.slice(0, loop).some(({ type }) => type === 'except_clause');
};
