import type { Rule } from '../../../rule';
import { imports } from '../../../languages/java/imports';
import { allOf, naming } from '../../../words';
import { removed } from './removed';

/** An answer to a client that goes on after the client has left. */
export const ignoresDisconnect: Rule = {
  id: 'java/ignores-disconnect',
  title: 'An event stream that outlives its client',
  help: 'When the client of an SseEmitter leaves, sending to it fails and nothing else happens: the loop goes on, the emitter stays in its list, and each later event is sent to all that have ever been there. Register onCompletion, onTimeout and onError, take the emitter out there, and let an error of send end the loop.',
  words: allOf(imports('org.springframework.web'), naming('new SseEmitter(')),
  query: `(object_creation_expression type: (type_identifier) @type (#eq? @type "SseEmitter")) @place`,
  growth: 'stream',
  bounds: ['ends-with-client'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'high' : 'medium'),
  diagnosticFrom: 'high',
  messageOf: ({ evidence }) =>
    `Nothing ends this stream when its client leaves: ${evidence[0] ?? ''}. Emitters and the work for them grow with every client that has ever been there.`,
  lensOf: () => 'unbounded: stream outlives its client',
  fixes: [removed],
};
