import { libraryDropWords } from '../../../languages/java/drops/libraries';
import type { Rule } from '../../../rule';
import { allOf, anyOf, naming } from '../../../words';
import { counted } from './counted';
import { callerRuns } from './callerRuns';

/** An item that is thrown away when there is no room, and nobody hears of it. */
export const silentDrop: Rule = {
  id: 'java/silent-drop',
  title: 'Items dropped without a word',
  help: 'When there is no room the item is thrown away, and neither a log nor a counter tells how often. That is load shedding nobody can see: the loss shows up as missing orders. Read the answer of offer and count what is refused, use a rejection handler that counts, or let whoever hands over run the task itself (CallerRunsPolicy).',
  words: anyOf(
    allOf(naming('Discar'), /Discard(Oldest)?Policy\b/),
    // Of a queue without an end, nothing is thrown away.
    allOf(naming('Blocki', 'ArrayQ'), naming('.offer(')),
    libraryDropWords,
  ),
  query: `
    (object_creation_expression
      type: [(type_identifier) (scoped_type_identifier)] @type (#match? @type "Discard(Oldest)?Policy$")) @place
    (method_declaration name: (identifier) @place (#eq? @place "rejectedExecution"))
    (method_invocation
      name: (identifier) @name
      (#any-of? @name "offer" "poll" "pollFirst" "remove" "removeFirst" "tryPublish" "tryPublishEvent" "tryPublishEvents" "tryEmitNext" "onBackpressureDrop" "onBackpressureBuffer" "create")) @place`,
  growth: 'drop',
  bounds: ['told'],
  severityOf: () => 'low',
  diagnosticFrom: 'high',
  messageOf: ({ evidence }) => `Here items are lost unseen: ${evidence[0] ?? ''}.`,
  lensOf: () => 'drops without a count',
  fixes: [callerRuns, counted],
};
