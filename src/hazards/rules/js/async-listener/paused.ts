import type { Node } from 'web-tree-sitter';
import { statementIn, type Fix } from '../../../fixes/edits';
import { wrapped } from '../../../fixes/wrapped';
import { callTaking, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';

/** Pauses the source while the listener works: a stream, or a socket of ws. */
export function paused(listener: Node, { source }: Growth, text: string): Fix | null {
  const call = callTaking(listener);
  const emitter = call && receiverOf(call);
  const body = listener.childForFieldName('body');
  const statement = statementIn(listener, ['statement_block', 'program']);
  const isStream = source.endsWith(".on('data')") || (source.endsWith(".on('message')") && importsWs.test(text));
  if (!emitter || !/^[\w.]+$/.test(emitter.text) || !isStream || !statement) return null;
  if (body?.type !== 'statement_block' || !body.text.includes('\n')) return null;
  const stop = statement.text.endsWith(';') ? ';' : '';
  const held = [`\t${emitter.text}.pause()${stop}`, '\ttry {', '\t\t@body', '\t} finally {'];
  const template = ['{', ...held, `\t\t${emitter.text}.resume()${stop}`, '\t}', '}'];
  const put = wrapped(statement, body, text, ['template_string'], template, '  ');
  if (put === null) return null;
  return {
    id: 'js/async-listener/pause',
    title: 'Pause the source while it works (pause and resume)',
    edits: [{ start: body.startIndex, end: body.endIndex, text: put }],
  };
}

/** Its sockets can be paused; those of other libraries of the same shape cannot. */
const importsWs = /from ['"]ws['"]|require\(['"]ws['"]\)/;
