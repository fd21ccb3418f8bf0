import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, receiverText, type JavaFile } from './file';
import { brokers, sockets } from './names';

const reactive = /^(reactor|io\.reactivex)\b/;

/** A stage of a reactive stream that keeps whatever its reader has not asked for. */
export function bufferOf(call: Node, file: JavaFile): Growth | null {
  const what = file.importsAny(reactive) ? keeps(call) : null;
  if (what === null) return null;
  const outside = file.importsAny(brokers) || file.importsAny(sockets) || file.importsAny(/websocket|reactor\.netty/);
  return {
    unit: outside ? 'message' : 'value',
    source: oneLine(call.childForFieldName('object') ?? call),
    evidence: [`\`${calleeName(call)}\` on line ${lineOf(call)} ${what}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
  };
}

/** What the stage does with what its reader has no room for; null: it is none of these. */
function keeps(call: Node): string | null {
  const upstream = receiverText(call).replace(/\s+/g, '');
  const given = argumentsOf(call);
  switch (calleeName(call)) {
    // A multicast sink takes 256 and then says that it is full.
    case 'onBackpressureBuffer':
      return upstream.endsWith('.multicast()') ? null : 'keeps every item that its reader has not asked for yet';
    case 'all':
      return upstream.endsWith('.replay()') && given.length === 0 ? 'keeps every item for readers to come' : null;
    case 'flatMap':
      return given[1]?.text === 'Integer.MAX_VALUE' ? 'starts any number of inner streams at once' : null;
    default:
      return null;
  }
}

/** A size that is given with it. */
export function sizeGiven(call: Node): string | null {
  const [size] = calleeName(call) === 'onBackpressureBuffer' ? argumentsOf(call) : [];
  return size ? `a size (\`${oneLine(size)}\`)` : null;
}
