import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, stepOf, type Fix } from '../../../fixes/edits';
import { wrapped } from '../../../fixes/wrapped';
import { callTaking, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { importsWs } from '../imports';
import { stopOf } from '../lines';
import { isPlainEmitter } from '../sources';

/** Pauses the source while the listener works: a stream, or a socket of ws. */
export function paused(listener: Node, { source }: Growth, text: string): Fix | null {
  const call = callTaking(listener);
  const emitter = call && receiverOf(call);
  const body = listener.childForFieldName('body');
  const statement = statementIn(listener, ['statement_block', 'program']);
  if (!emitter || !/^[\w.]+$/.test(emitter.text) || !statement || isPlainEmitter(emitter.text, text)) return null;
  if (!source.endsWith(".on('data')") && !(source.endsWith(".on('message')") && isOfWs(emitter.text, text)))
    return null;
  if (body?.type !== 'statement_block' || !body.text.includes('\n')) return null;
  const stop = stopOf(statement);
  const name = isLasting(emitter.text, text) ? emitter.text : unusedIn(text);
  const kept = name === emitter.text ? [] : [linesAbove(statement, text, [`const ${name} = ${emitter.text}${stop}`])];
  const held = [`\t${name}.pause()${stop}`, '\ttry {', '\t\t@body', '\t} finally {'];
  const template = ['{', ...held, `\t\t${name}.resume()${stop}`, '\t}', '}'];
  const put = wrapped(statement, body, text, ['template_string'], template, stepOf(text));
  const above = kept.filter((edit) => edit !== null);
  if (put === null || above.length < kept.length) return null;
  return {
    id: 'js/async-listener/pause',
    title: 'Pause the source while it works (pause and resume)',
    edits: [...above, { start: body.startIndex, end: body.endIndex, text: put }],
  };
}

/** Is the name still that of the same source when the work is done? A property may be set anew or to null meanwhile. */
const isLasting = (emitter: string, text: string) =>
  emitter === 'process.stdin' || (!emitter.includes('.') && !new RegExp(`\\b(let|var) ${emitter}\\b`).test(text));

const unusedIn = (text: string) =>
  ['source', 'stream', 'heldSource'].find((each) => !new RegExp(`\\b${each}\\b`).test(text)) ?? 'pausedSource';

/** Sockets of `ws` can be paused; a client of another library that the file has too cannot. */
const isOfWs = (emitter: string, text: string) =>
  importsWs(text) &&
  (/(ws|socket)$/i.test(emitter) ||
    !/(from |require\()['"][^'"\n]*(redis|mqtt|amqp|nats|kafka|worker_threads|dgram)/.test(text));
