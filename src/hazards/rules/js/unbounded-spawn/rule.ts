import type { Rule } from '../../../rule';
import { ofConnection } from '../../ofConnection';
import { allOf, anyOf } from '../../../words';
import { awaiting } from '../waiting';
import { doubtText, settledText } from '../../sentences';

/** A promise for each message that nobody awaits. */
export const unboundedSpawn: Rule = {
  id: 'js/unbounded-spawn',
  title: 'Asynchronous work for each message that nobody awaits',
  help: 'The call returns at once and the next message is taken while the work still runs. When messages arrive faster than the work is done, running calls and what they hold grow without end, and the broker never learns that it should hold back. Await the call, or hand it to a queue with a limit (p-queue with onSizeLessThan).',
  words: anyOf(
    /\((?<=^\s*(?:void )?(?:axios|fetch|request|got|needle|superagent)(?:\.[a-z]+)?\()/m,
    allOf(
      /\.(on|addListener)\(\s*['"](\w*message(Buffer)?|data|row)['"]|\beach(Message|Batch)\b|\bhandleMessage(Batch)?\b|\bonmessage\b|\bonData\(|\bfor await\b|\.(consume|subscribe|pSubscribe|process)\(|\bforEach\(\s*async\b|\bawait [\w.$]*\b(receive\w*|b[lrLR]\w*|x[rR]ead\w*|fetch|pull|next|dequeue|popMessage|send)\(/,
      /\basync\b|\.(then|catch)\(/,
      /kafka|rdkafka|amqp|redis|nats|mqtt|zeromq|stomp|\bbull|bee-queue|sqs|pubsub|service-bus|event-hubs|pulsar|nsqjs|['"]ws['"]|socket\.io|dgram|\.on\(\s*['"](data|row|message)['"]/,
    ),
  ),
  query: `(expression_statement [(call_expression) (unary_expression operator: "void")]) @place`,
  growth: 'task',
  bounds: ['permit', 'permit-in-task', 'pool', 'joined', 'counted', 'broker-credit', 'pause', 'stop-code'],
  severityOf: ({ unit, source, settledEarly, doubt }) => {
    // How much of a stream comes in all is seldom to be seen.
    if (doubt !== undefined || unit === 'chunk') return 'low';
    if (ofConnection({ unit, source, settledEarly })) return 'low';
    return settledEarly === null ? 'high' : 'critical';
  },
  diagnosticFrom: 'high',
  messageOf: (growth) =>
    `Each ${growth.unit} ${growth.doubt === undefined ? 'from' : 'of'} \`${growth.source}\` starts asynchronous work and nobody waits for it: when they arrive faster than the work is done, running calls and memory grow without end.${settledText(growth.settledEarly)}${doubtText(growth.doubt)}`,
  lensOf: ({ unit }) => `unbounded: work nobody awaits, per ${unit}`,
  fixes: [awaiting('js/unbounded-spawn/await', 'Wait for it before the next one (await)')],
};
