import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { endWithClient } from './endWithClient';

/** A handler that goes on sending when its client has left. */
export const ignoresDisconnect: Rule = {
  id: 'go/ignores-disconnect',
  title: 'A stream that goes on after its client has left',
  help: 'The loop writes to a client until something ends it, and nothing here does: neither the context of the request nor an error of the write. Each client that leaves keeps a goroutine and what it subscribes to, until the process ends. End the loop when the context of the request is done.',
  words: allOf(
    naming('Writer', 'Server'),
    /http\.ResponseWriter|_\w+Server\b|grpc\.ServerStream/,
    /\bfor \{|\brange [^\n]*(?:chan|sub|(?:\.C|events?|messages?|updates?) \{)/i,
  ),
  query: `(for_statement) @place`,
  growth: 'stream',
  bounds: ['ends-with-client'],
  severityOf: () => 'high',
  diagnosticFrom: 'high',
  messageOf: ({ source }) =>
    `\`${source}\` writes to the client and nothing ends it when the client leaves: each one that left keeps its goroutine.`,
  lensOf: () => 'goes on after the client has left',
  fixes: [endWithClient],
};
