import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { growing } from './growing';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { calleeName, closestFunction, loopAround, parameterOfType } from './calls';
import type { Declarations } from './declarations';
import { growthOf } from './growth';

/** Types of parameters that are one side of a stream of gRPC, as its generator names them, or its generics. */
export const grpcStream = /_\w+(Server|Client)$|grpc\.(\w*Stream\w*)(\[.*\])?$/;

/** Words of a file in which such a type may stand. */
export const grpcWords = /_\w+(?:Server|Client)\b|grpc\.\w*Stream/;

/** `stream.Send(…)` of gRPC and `conn.WriteMessage(…)` of a websocket that run again and again. */
export function writeOf(call: Node, file: Declarations): Growth | null {
  const name = calleeName(call);
  if (/^(Send|SendMsg)$/.test(name)) return isStream(call) ? repeatedOf(call, file) : null;
  return file.importsAny(/websocket/) ? repeatedOf(call, file) : null;
}

/** A publish of RabbitMQ, or a produce of confluent-kafka-go, that runs again and again. */
export function publishOf(call: Node, file: Declarations): Growth | null {
  const library = calleeName(call) === 'Produce' ? /confluent-kafka-go/ : /amqp091-go|streadway\/amqp/;
  return file.importsAny(library) ? repeatedOf(call, file) : null;
}

/** How the answer of the call is used; null: it is dropped. */
export function answerRead(call: Node): string | null {
  const user = call.parent;
  if (!user) return null;
  const statement = [call, ...ancestorsOf(call)].find(({ type }) => type.endsWith('_statement'));
  let next = statement?.nextNamedSibling;
  while (next?.type === 'comment') next = next.nextNamedSibling;
  if (next?.type === 'return_statement') return `the function returns on line ${lineOf(next)}`;
  if (/^(expression_statement|go_statement|defer_statement)$/.test(user.type)) return null;
  const assigned = user.parent?.childForFieldName('left');
  if (user.type === 'expression_list' && assigned && /^_(, _)*$/.test(assigned.text)) return null;
  return `what \`${calleeName(call)}\` answers is read on line ${lineOf(call)}`;
}

/** By what arrives, or by the loop around it: that counts before what only callers in other files can tell. */
function repeatedOf(call: Node, file: Declarations): Growth | null {
  const arriving = growthOf(call, file);
  const loop = loopAround(call);
  if (!loop || (arriving && !arriving.open)) return arriving;
  const step = `the loop on line ${lineOf(loop)} goes on whatever \`${calleeName(call)}\` answers`;
  return growing('value', oneLine(loop).replace(/\s*\{.*$/, ''), [step], { place: call, repeated: loop });
}

function isStream(call: Node): boolean {
  const sender = call.childForFieldName('function')?.childForFieldName('operand')?.text ?? '';
  for (let around = closestFunction(call); around; around = closestFunction(around))
    if (parameterOfType(around, grpcStream) === sender) return true;
  return false;
}
