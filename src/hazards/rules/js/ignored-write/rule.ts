import type { Rule } from '../../../rule';
import { ofConnection } from '../../ofConnection';
import { mayEmitData } from '../../../languages/js/writes/emittedData';
import { mayWrite } from '../../../languages/js/writes/mayWrite';
import { anyOf } from '../../../words';
import { held } from './held';

/** A write in a listener that does not look at what `write` returns. */
export const ignoredWrite: Rule = {
  id: 'js/ignored-write',
  title: 'A write that ignores whether the sink has room',
  help: '`write` returns false when the buffer of the sink is full, and keeps what it is given anyway. A source that goes on writing fills the memory as long as the sink is slower. Use `pipeline(source, sink)`, or wait for the drain event: `if (!sink.write(chunk)) await once(sink, "drain")`. A WebSocket, also that of socket.io, keeps what it is sent in the same way: look at `bufferedAmount`, and skip or close a client that is too far behind.',
  words: anyOf(mayWrite, mayEmitData),
  query: `
    (expression_statement
      (call_expression function: (member_expression property: (property_identifier) @method (#any-of? @method "write" "send" "push" "enqueue" "emit")))) @place
    (expression_statement
      (binary_expression
        operator: "&&"
        right: (call_expression function: (member_expression property: (property_identifier) @method (#any-of? @method "write" "send" "push" "enqueue" "emit"))))) @place
    (return_statement
      (call_expression function: (member_expression property: (property_identifier) @method (#any-of? @method "write" "send" "push" "enqueue" "emit")))) @place
    (arrow_function
      body: (call_expression
        function: (member_expression property: (property_identifier) @method (#any-of? @method "write" "send" "push" "enqueue" "emit"))) @place)`,
  growth: 'write',
  bounds: ['answer-read', 'drain', 'pause', 'stop-code'],
  severityOf: ({ unit, source, settledEarly, doubt }) => {
    // How much of a stream comes in all is seldom to be seen: 19 of 33 such reports were right (docs/rules.md).
    if (doubt !== undefined || unit === 'chunk' || ofConnection({ unit, source, settledEarly })) return 'low';
    return unit === 'element' ? 'medium' : 'high';
  },
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, doubt }) =>
    doubt !== undefined
      ? `What \`${source}\` is handed is written and nothing looks whether the sink has room: when the sink is slower, its buffer grows without end. Not shown here: ${doubt}.`
      : unit === 'element'
        ? `The same is sent to every one of \`${source}\` and nothing looks how much still waits for each: what a slow one does not take is kept in memory without end.`
        : `Each ${unit} from \`${source}\` is written and nothing looks whether the sink has room: when the sink is slower, its buffer grows without end.`,
  lensOf: ({ unit, doubt }) =>
    doubt !== undefined
      ? 'unbounded: written as it comes, result ignored'
      : unit === 'element'
        ? 'unbounded: sent to all, however slow'
        : `unbounded: write per ${unit}, result ignored`,
  fixes: [held],
};
