import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, isFunction, receiverOf, type SourceFile } from '../file';
import { knownAs, passedOn } from '../arrivals/given';

const chained = /^(then|catch|finally)$/;

/** What tells somebody that it is done, or goes on with the next. */
const telling =
  /(?<![\w.-])(cb|done|next|n?ack|reply|respond|setImmediate|\w*[cC]allback|do[A-Z]\w*)\b(?!-)|\bres(ponse)?\.(send|json|end)/;

/** The same of a promise around it. */
const settling = /\b(resolve|reject|fulfill?)\b/;

/** The call whose promise goes on by itself: `send(message)` of `send(message).catch(log)`; null: somebody is told when it is done. */
export function settledLater(call: Node): Node | null {
  let started: Node | null = call;
  while (started?.type === 'call_expression' && chained.test(calleeName(started))) {
    if (argumentsOf(started).some(({ text }) => telling.test(text))) return null;
    started = receiverOf(started);
  }
  if (started && isRequest(started)) return started;
  // `Promise.all(jobs).then(…)` is judged by what it joins.
  if (started?.type !== 'call_expression' || receiverOf(started)?.text === 'Promise') return null;
  return started.id === call.id || runsSeldom(nameOf(started)) ? null : started;
}

/** A request over HTTP, by what such libraries are called, that calls nobody back. */
function isRequest(call: Node): boolean {
  const callee = textIn(call, 'function');
  return (
    /^(axios|fetch|request|got|needle|superagent)(\.(get|post|put|patch|delete|request))?$/.test(callee) &&
    !argumentsOf(call).some((given) => isFunction(given) && telling.test(given.text))
  );
}

/** What a function is called that sends what it is handed to a server. */
const sending = /^_*(send|publish|post|deliver|ship|report|push|log|write|flush|notify|forward|track)(?![a-z])/;

/** Also of `(0, common_1.send)(message)`, as TypeScript writes it. */
const nameOf = (call: Node): string => /([\w$]+)\)?$/.exec(textIn(call, 'function'))?.[1] ?? '';

/** `send(lines) { axios.post(url, lines).catch(log); }` */
export function requestedWith(place: Node, file: SourceFile): Growth | null {
  const [said] = partsOf(place);
  const call = said?.type === 'unary_expression' ? said.childForFieldName('argument') : said;
  const started = call && settledLater(call);
  if (!started || settling.test(place.text)) return null;
  const around = file.functionAround(place);
  const name = around ? (knownAs(around, file) ?? '') : '';
  const [item] = around ? partsOf(around.childForFieldName('parameters') ?? around) : [];
  if (!around || !sending.test(name) || !/^(identifier|required_parameter)$/.test(item?.type ?? '')) return null;
  if (!isRequest(started) || telling.test(item?.text ?? '')) return null;
  return passedOn(
    place,
    { node: around, name, item: item?.text ?? '', told: `\`${name}\` is handed` },
    'makes a request for',
  );
}
