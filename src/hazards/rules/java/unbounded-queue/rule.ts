import type { Rule } from '../../../rule';
import { ofConnection } from '../../ofConnection';
import { allOf, anyOf, naming } from '../../../words';
import { capacity } from './capacity';
import { doubtText } from '../../sentences';

/** A queue without a capacity that is filled with each item. */
export const unboundedQueue: Rule = {
  id: 'java/unbounded-queue',
  title: 'A queue without a capacity, filled with each message',
  help: 'A LinkedBlockingQueue without a capacity, a ConcurrentLinkedQueue or an ArrayDeque takes whatever is put into it. When whoever empties it is slower, or stops, it grows until the process is out of memory, and nobody upstream notices. Use an ArrayBlockingQueue or give the LinkedBlockingQueue a capacity, so that put waits; where offer is used, say what happens when it is full.',
  words: anyOf(
    allOf(
      naming('Queue', 'Deque', 'Linked', 'Unboun'),
      /new (LinkedBlocking(Queue|Deque)|ConcurrentLinked(Queue|Deque)|LinkedTransferQueue|Priority(Blocking)?Queue|ArrayDeque|LinkedList|[MS]p[ms]c(Linked|Unbounded)\w*Queue|\w*Unbounded\w*(Queue|Processor|Buffer|Channel))\b/,
    ),
    allOf(naming('Queues', 'MpscQu'), /\bQueues\s*\.[^(;]*\bnew\w+\(|\bnewMpscQueue\(\s*\)/),
    allOf(
      naming('ArrayL'),
      naming('synchr', '.lock('),
      /(private|protected)[^;=()]*\b\w*(queue|pending|backlog|outbox|unsent|outgoing|waiting|buffer|batch|event|message|record|span|metric|request|packet|frame)\w*\s*=\s*(Collections\.synchronizedList\(\s*)?new ArrayList\b/i,
      /\bsynchronized|[lL]ock(\(\))?\.lock\(/,
    ),
  ),
  query: `
    (object_creation_expression
      type: [(type_identifier) (generic_type)] @type
      (#match? @type "^(LinkedBlocking(Queue|Deque)|ConcurrentLinked(Queue|Deque)|LinkedTransferQueue|Priority(Blocking)?Queue|ArrayDeque|LinkedList|ArrayList|[MS]p[ms]c|\\\\w*Unbounded)")) @place
    (method_invocation
      object: (identifier) @owner (#any-of? @owner "Queues" "PlatformDependent")) @place`,
  growth: 'queue',
  bounds: ['size-guard', 'permit', 'joined', 'counted', 'broker-credit', 'pause', 'leaves-loop', 'stop-code'],
  severityOf: ({ unit, source, settledEarly, doubt }) => {
    if (unit === 'connection' || unit === 'value' || doubt !== undefined) return 'low';
    if (ofConnection({ unit, source, settledEarly })) return 'low';
    return unit === 'request' ? 'medium' : 'high';
  },
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, doubt }) =>
    `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` is put into this queue, which has no capacity: when it is emptied more slowly than it is filled, it grows without end.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: queue grows per ${unit}`,
  fixes: [capacity],
};
