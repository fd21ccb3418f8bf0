import { sinkWords } from '../../../languages/java/writes/sinks';
import type { Rule } from '../../../rule';
import { doubtText } from '../../sentences';

/** What is written to a peer, and nobody asks whether it has room. */
export const ignoredWrite: Rule = {
  id: 'java/ignored-write',
  title: 'A write that does not ask whether the peer has room',
  help: 'A write of Netty, Vert.x, MINA, gRPC or a WebSocket that sends later returns at once, and keeps what the peer does not take. A peer that reads slowly, or not at all, makes that grow until the process is out of memory. Ask before (isWritable, writeQueueFull, isReady), stop reading from the source while there is no room (setAutoRead, pause), wait for the future, or close a peer that is too far behind.',
  words: sinkWords,
  query: `
    (method_invocation
      name: (identifier) @name
      (#match? @name "^(write(AndFlush|(Final)?(Text|Binary)(Message|Frame)|Frame)?|onNext|(send|broadcast)(Text|Object|Binary|String|Bytes|(PartialString|PartialBytes|String|Bytes)ByFuture|Async|\\\\w*AndForget)?|convertAndSend(ToUser)?)$")) @place`,
  growth: 'write',
  bounds: ['answer-read', 'pause', 'joined', 'stop-code'],
  // Whether the peer is slow, and who looks at it elsewhere, one file does not show.
  severityOf: () => 'low',
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, evidence, doubt }) =>
    `${unit === 'call' ? `What \`${source}\` is handed` : `Something for each ${unit} from \`${source}\``} is written and nothing asks whether there is room: ${evidence.at(-1) ?? ''}.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: written per ${unit}, nobody asks for room`,
};
