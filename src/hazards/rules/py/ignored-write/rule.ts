import type { Rule } from '../../../rule';
import { allOf, anyOf } from '../../../words';
import { doubtText } from '../../sentences';

/** What is written to a peer that nobody waits for. */
export const ignoredWrite: Rule = {
  id: 'py/ignored-write',
  title: 'A write that does not wait until the peer has room',
  help: 'A write of asyncio, Tornado or Twisted keeps what the peer does not take, and returns at once. When the peer is slower than what comes, its buffer grows until the process is killed. Wait for each (await writer.drain(), await write_message(…)), look at the size of the buffer, or leave out a peer that is too far behind.',
  words: anyOf(
    /\.(write_message|sendMessage|sendLine|sendString)\(|(writer|transport|wsock)\.write(lines)?\(/i,
    allOf(/broadcast\(/i, /\bwebsockets[^]*?\bbroadcast\(/i),
  ),
  query: `
    (expression_statement
      (call
        function: (attribute attribute: (identifier) @method
          (#any-of? @method "write_message" "sendMessage" "sendLine" "sendString" "write" "writelines" "broadcast")))) @place
    (expression_statement (call function: (identifier) @name (#eq? @name "broadcast"))) @place
    (return_statement
      (call
        function: (attribute attribute: (identifier) @method (#any-of? @method "write" "writelines")))) @place`,
  growth: 'write',
  bounds: ['pause', 'stop-code'],
  severityOf: ({ unit, doubt }) => (doubt === undefined && unit !== 'value' ? 'medium' : 'low'),
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, doubt }) =>
    `${unit === 'element' ? `The same is sent to every one of \`${source}\`` : `Each ${unit} of \`${source}\` is written`} and nothing waits until there is room: what a slow peer does not take is kept in memory without end.${doubtText(doubt)}`,
  lensOf: ({ unit }) =>
    unit === 'element' ? 'unbounded: sent to all, however slow' : `unbounded: written per ${unit}, nobody waits`,
};
