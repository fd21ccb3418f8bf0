import type { Rule } from '../../../rule';
import { grpcWords } from '../../../languages/go/answers';
import { allOf, anyOf, naming } from '../../../words';
import { imports } from '../../../languages/go/imports';
import { readErrorFor } from '../readError';
import { methodCall } from '../methodCall';

/** A send to a client in a loop whose error nobody reads. */
export const ignoredWrite: Rule = {
  id: 'go/ignored-write',
  title: 'A send that ignores whether it arrived',
  help: 'The error of the send is how a stream says that its peer is gone or too slow. A loop that does not read it goes on making and encoding messages for nobody, and holds what they are made of. Read it, and end the loop.',
  words: anyOf(
    allOf(naming('.Send'), /\.Send(Msg)?\(/, grpcWords),
    allOf(naming('Write'), naming('.WriteMessage(', '.WriteJSON('), imports('websocket')),
  ),
  query: `
    ${methodCall('Send SendMsg WriteMessage WriteJSON')} @place`,
  growth: 'write',
  bounds: ['answer-read', 'stop-code'],
  // What is not sent for each message mostly ends by itself (docs/rules.md).
  severityOf: ({ unit }) => (unit === 'message' ? 'high' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ source }) =>
    `The error of this send is dropped, again and again (\`${source}\`): the loop goes on when the client is gone or too slow.`,
  lensOf: () => 'error of the send ignored',
  fixes: [readErrorFor('go/ignored-write')],
};
