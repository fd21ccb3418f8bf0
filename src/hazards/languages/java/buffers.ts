import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, receiverText, type JavaFile } from './file';
import { brokers, sockets, stages } from './names';

/** The file looks at what is asked for. */
const heeding = /\b(doOnRequest|onRequest)\(/;

const reactive = /^(reactor|io\.reactivex)\b/;

/** A stage of a reactive stream that keeps whatever its reader has not asked for. */
export function bufferOf(call: Node, file: JavaFile): Growth | null {
  const what = file.importsAny(reactive) ? keeps(call) : null;
  if (what === null || isOfLife(call, file) || (isSink(call) && heeding.test(file.text)) || stages.test(file.text))
    return null;
  const outside = file.importsAny(brokers) || file.importsAny(sockets) || file.importsAny(/websocket|reactor\.netty/);
  return {
    unit: outside ? 'message' : 'value',
    source: oneLine(call.childForFieldName('object') ?? call),
    evidence: [`\`${calleeName(call)}\` on line ${lineOf(call)} ${what}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
    // Half of the sinks that were read are filled by code that stops while nothing is asked for.
    ...(isSink(call) && { doubt: 'whether what fills the sink waits while nothing is asked for' }),
  };
}

const isSink = (call: Node) =>
  calleeName(call) === 'onBackpressureBuffer' && /\bSinks\b|\.asFlux\(\)$/.test(receiverText(call));

/**
 * `onClosed = Sinks.many().unicast().onBackpressureBuffer()`: one for each time that something begins or ends, for each
 * member of a cluster or for each request of the program; marks say nothing but that something is done.
 */
function isOfLife(call: Node, file: JavaFile): boolean {
  const declarator = call.parent;
  const name = (declarator?.childForFieldName('left') ?? declarator?.childForFieldName('name'))?.text ?? '';
  const type = declarator?.parent?.childForFieldName('type')?.text ?? '';
  const given = receiverText(call).endsWith('.asFlux()') ? receiverText(call) : '';
  const answer = file.methodAround(call)?.node.childForFieldName('type')?.text ?? '';
  return ofLife.test(`${name} ${given} ${answer}`) || /<(Object|Integer|Boolean|Void)>$/.test(type);
}

const ofLife =
  /clos|connect|complet|terminat|dispos|shutdown|lifecycle|member|detector|status|credit|request|binding|conversation/i;

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
    case 'create':
      // Who writes BUFFER has chosen it.
      return upstream === 'Flux' && !heedsReader(given[0]) && !given[1]?.text.endsWith('BUFFER')
        ? 'keeps every item that its reader has not asked for yet, as BUFFER is the strategy unless one is given'
        : null;
    case 'flatMap':
      // Of `Flowable::just` each is done at once.
      return given[1]?.text === 'Integer.MAX_VALUE' && !given[0]?.text.endsWith('::just')
        ? 'starts any number of inner streams at once'
        : null;
    default:
      return null;
  }
}

/** A source that asks how much is wanted, or tells an end after what it has, keeps nothing for long. */
const heedsReader = (source: Node | undefined) =>
  source?.type !== 'lambda_expression' ||
  /\.(onRequest|requestedFromDownstream|complete)\(/.test(source.text) ||
  !/(\.|::)next\b/.test(source.text);

/** A size or a strategy that is given with it. */
export function sizeGiven(call: Node): string | null {
  if (calleeName(call) === 'create') return strategyGiven(call);
  const [size] = calleeName(call) === 'onBackpressureBuffer' ? argumentsOf(call) : [];
  return size ? `a size (\`${oneLine(size)}\`)` : null;
}

/** The strategy for what nobody asked for: as an argument, or as the next stage. */
function strategyGiven(call: Node): string | null {
  const [, strategy] = argumentsOf(call);
  if (strategy) return `a strategy (\`${oneLine(strategy)}\`)`;
  const next = call.parent ? calleeName(call.parent) : '';
  return next.startsWith('onBackpressure') ? `a strategy (\`${next}\`)` : null;
}
