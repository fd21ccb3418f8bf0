import type { Rule } from '../../../rule';
import { cancelled } from './cancelled';

/** A task beside a streamed answer that goes on when the client has left. */
export const ignoresDisconnect: Rule = {
  id: 'py/ignores-disconnect',
  title: 'A task that goes on after its client has left',
  help: 'Starlette stops the generator of a streamed answer when the client leaves, but not the task that feeds it: that one runs on, with what it subscribes to and the queue it fills. Cancel it in a finally of the generator, or ask request.is_disconnected().',
  words: /StreamingResponse|EventSourceResponse/,
  query: `
    (call function: [(identifier) @name (attribute attribute: (identifier) @name)] (#any-of? @name "create_task" "ensure_future")) @place`,
  growth: 'stream',
  bounds: ['ends-with-client'],
  // Whether the task ends by itself before long is mostly elsewhere (docs/rules.md).
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) =>
    `\`${source}\` starts a task beside its streamed answer and nothing ends it when the client leaves: each one that left keeps its task.`,
  lensOf: () => 'goes on after the client has left',
  fixes: [cancelled],
};
