import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { partsOf } from '../../syntax';
import { argumentsOf, calleeName, receiverOf, type SourceFile } from './file';
import { givenTo, passedOn } from './given';

const chained = /^(then|catch|finally)$/;

/** What tells somebody that it is done, or goes on with the next. */
const telling =
  /(?<![\w.])(cb|done|next|n?ack|reply|respond|setImmediate|\w*[cC]allback|do[A-Z]\w*)\b|\bres(ponse)?\.(send|json|end)/;

/** The same of a promise around it. */
const settling = /\b(resolve|reject|fulfill?)\b/;

/** What a function is called that hands on what it is given. */
const passing =
  /^_*(send|publish|post|deliver|dispatch|forward|emit|log|write|push|notify|report|commit|handle|process|on)(?![a-z])/;

/** The call whose promise goes on by itself: `send(message)` of `send(message).catch(log)`; null: somebody is told when it is done. */
export function settledLater(call: Node): Node | null {
  let started: Node | null = call;
  while (started?.type === 'call_expression' && chained.test(calleeName(started))) {
    if (argumentsOf(started).some(({ text }) => telling.test(text))) return null;
    started = receiverOf(started);
  }
  // `Promise.all(jobs).then(…)` is judged by what it joins.
  if (started?.type !== 'call_expression' || receiverOf(started)?.text === 'Promise') return null;
  return started.id === call.id || runsSeldom(nameOf(started)) ? null : started;
}

/** Also of `(0, common_1.send)(message)`, as TypeScript writes it. */
const nameOf = (call: Node): string => /([\w$]+)\)?$/.exec(call.childForFieldName('function')?.text ?? '')?.[1] ?? '';

/** `publish(message) { this.client.send(message).catch(log); }` */
export function startedWith(place: Node, file: SourceFile): Growth | null {
  const [said] = partsOf(place);
  const call = said?.type === 'unary_expression' ? said.childForFieldName('argument') : said;
  const started = call && settledLater(call);
  const found = started && !settling.test(place.text) ? givenTo(place, argumentsOf(started), file) : null;
  const isOwn = found !== null && file.functionAround(place)?.id === found.node.id;
  return isOwn && passing.test(found.name) ? passedOn(place, found, 'starts work with') : null;
}
