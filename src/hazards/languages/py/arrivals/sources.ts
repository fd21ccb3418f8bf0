import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../../rule';
import { ancestorsOf, oneLine, textIn } from '../../../syntax';
import { argumentsOf, calleeName, positional, receiverText, type PythonFile } from '../file';
import * as names from '../names';
import { before, running } from '../turn';

/** What arrives, and where from. */
export interface Source {
  unit: Growth['unit'];
  text: string;
  /** What is not shown of it; absent: nothing. */
  doubt?: string;
}

/** What feeds the loop of this turn; null: it counts, walks a collection, or nothing shows that items keep arriving. */
export function loopSource(turn: Turn, inner: readonly Turn[], file: PythonFile): Source | null {
  const loop = turn.repeated;
  if (loop.type === 'for_statement') return forSource(loop, file);
  const condition = textIn(loop, 'condition');
  // `while waiting: start(waiting.popleft())`: as many as wait.
  if (/^[\w.]+$/.test(condition) && new RegExp(`\\b${condition}\\.pop(left)?\\(`).test(turn.place.text))
    return { unit: 'value', text: condition };
  if (!names.endlessCondition.test(condition)) return null;
  // `handle(await queue.get())`: what is handed over is received first.
  const handedOver = argumentsOf(turn.place);
  // `while True: handle_next()`, which receives by itself.
  const first = [...inner.flatMap(before), ...before(turn), ...handedOver];
  const read = running(first, 'call').find((call) => isReceiver(call, file));
  if (!read) return null;
  const known = names.receivers[calleeName(read)];
  const text = oneLine(read);
  if (!known && names.ownReceivers.test(calleeName(read)))
    return { unit: 'value', text, doubt: `what \`${calleeName(read)}\` waits for` };
  return { unit: known && !isImported(known, file) ? 'value' : (known?.unit ?? 'packet'), text };
}

function forSource(loop: Node, file: PythonFile): Source | null {
  const over = loop.childForFieldName('right');
  if (!over) return null;
  const text = oneLine(over);
  const waits = loop.children.some(({ type }) => type === 'async');
  if (waits && (names.endlessIterable.test(over.text) || (over.type === 'call' && turnsEndlessly(loop))))
    return { unit: file.importsAny(names.either) ? 'message' : 'value', text };
  if (waits) return null;
  // kafka-python, pika and redis hand out messages by plain iteration.
  const consumed = /(^|[._])_?consumer$|\.consume\(|\.listen\(\)|\.poll\(|\.getmany\(/.test(over.text);
  return consumed && file.importsAny(names.brokers) ? { unit: 'message', text } : null;
}

/** `while not stopped: async for job in fetch()` */
const turnsEndlessly = (loop: Node): boolean => {
  const outer = loop.parent?.type === 'block' ? loop.parent.parent : null;
  return outer?.type === 'while_statement' && names.endlessCondition.test(textIn(outer, 'condition'));
};

const isImported = ({ imports }: { imports: RegExp | null }, file: PythonFile) =>
  imports === null || file.importsAny(imports);

function isReceiver(call: Node, file: PythonFile): boolean {
  const name = calleeName(call);
  if (readsStream(call)) return file.importsAny(/^asyncio/);
  const known = Object.hasOwn(names.receivers, name) ? names.receivers[name] : undefined;
  if (names.ownReceivers.test(name)) return call.parent?.type !== 'expression_statement';
  if (!known || call.childForFieldName('function')?.type !== 'attribute') return false;
  // Only a queue, whatever it is called, is waited for with nothing said.
  if (name === 'get')
    return (
      positional(call).length === 0 &&
      (names.queueObject.test(receiverText(call)) || (call.parent?.type === 'await' && argumentsOf(call).length === 0))
    );
  // What is waited for is handed out by whatever holds the connection.
  const isWaitedFor = /^recv(_\w+)?$|^receive$/.test(name) && isAwaited(call) && argumentsOf(call).length === 0;
  return isWaitedFor || isImported(known, file);
}

/** `await socket.recv()`, `await wait_for(socket.recv(), 3)`, `receiving = create_task(self.receive())` */
const isAwaited = (call: Node): boolean =>
  call.parent?.type === 'await' ||
  (call.parent?.type === 'argument_list' &&
    /^(wait_for|create_task|ensure_future)$/.test(calleeName(call.parent.parent ?? call)));

/** `await reader.readline()`, `await Packet.read(self.reader)`: the next piece of what a peer sends. A bare `read` gives bytes as they come. */
function readsStream(call: Node): boolean {
  const isAwaited = [...ancestorsOf(call)].find(({ type }) => /^(await|yield|block)$/.test(type))?.type !== 'block';
  const named = /^read(line|exactly|until)$/.test(calleeName(call)) && names.streamReader.test(receiverText(call));
  return isAwaited && (named || argumentsOf(call).some(({ text }) => names.streamReader.test(text)));
}
