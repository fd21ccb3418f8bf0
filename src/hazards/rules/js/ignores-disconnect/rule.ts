import type { Rule } from '../../../rule';
import { endWithClient } from './endWithClient';

/** A handler that goes on sending events when its client has left. */
export const ignoresDisconnect: Rule = {
  id: 'js/ignores-disconnect',
  title: 'A stream that goes on after its client has left',
  help: 'The loop or timer sends events to a client until something ends it, and nothing here does. Each client that leaves keeps it running, with what it subscribes to, until the process ends. Listen to close of the response, or hand a signal on.',
  words: /text\/event-stream/,
  query: `
    [(while_statement) (for_statement) (for_in_statement)] @place
    (call_expression function: (identifier) @name (#eq? @name "setInterval")) @place`,
  growth: 'stream',
  bounds: ['ends-with-client'],
  severityOf: () => 'high',
  diagnosticFrom: 'high',
  messageOf: ({ source }) =>
    `\`${source}\` writes to the client and nothing ends it when the client leaves: each one that left keeps it running.`,
  lensOf: () => 'goes on after the client has left',
  fixes: [endWithClient],
};
