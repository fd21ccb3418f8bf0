import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { lineOf, oneLine, partsOf } from '../../../syntax';
import type { Words } from '../../../rule';
import { argumentsOf, calleeName, receiverOf, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';
import { wordsOf } from '../../../longLived';
import { isOfProgram } from '../collections/everNew';

/** What a name says that stands for many. */
const several = /([a-rt-z]s|List|Array|Batch|Set|Queue|Data)$/;

/** Things of which a program has a few, whoever hands them in. */
const few =
  /^(worker|shard|profile|protocol|consumer|package|path|binding|connection|server|broker|cluster|channel|exchange|partition|stream|process|instance|plugin|transport|adapter|watcher|promise|thunk|fn|func|function|part|arg|prop|attr|keyword|address|clas|statu|acces|alway|thi|pas|cor|http|cs|j|t|aliase|locale|lang|language|format|version|stage|step|phase|check|test|spec|fixture|package|dep|dependencie|mod|browser|page|chunk|slice|batche|batch|converter|payload|update|cmd|extra|target|source)s?$/i;

/** Of a program or a cluster there are a few of them, however they are listed. */
const ofCluster =
  /^(shard|zone|region|server|broker|cluster|connection|worker|process|instance|partition|exchange|bridge|pipeline|bucket|stat|plugin|transport|adapter)(s|es)?$/i;

/** Is it a list of parts of a program or a cluster? */
export const isFew = (over: Node): boolean =>
  ofCluster.test(wordsOf(/[\w$]+$/.exec(walkedIn(over).text)?.[0] ?? '').at(-1) ?? '');

/** What brings no more than its sender puts into one message. */
const onePage = /^(res|resp|response|payload|packet|frame|record)$/i;

/** Is it a list that is as long as the data of whoever hands it in? */
export const isMany = (name: string): boolean =>
  several.test(name) && !isOfProgram(name) && ![few, ofCluster].some((names) => names.test(wordsOf(name).at(-1) ?? ''));

/** `Promise.all(ids.map(`, `Promise.all(data.devices.map(`, `Promise.all(Object.keys(rooms).map(` */
const started =
  /\bPromise\.(?:all|allSettled)\(\s*(?:(?:\w+\.)*(?:map|keys|values|entries|from)\(\s*)*(?:[\w$]+\??\.)*?([\w$]+)\)?\s*\??\.?(?:map|filter|,|flatMap)/g;

const gathered = /\bPromise\.(?:all|allSettled)\(\s*([\w$]+)\s*\)/g;
const walked = /\b(?:of|in) (?:[\w$]+\.)*([\w$]+)\)|\b([\w$]+)\.forEach\(/g;

/** Words of a file that may start all of a list that a function is handed. */
export const mayStartHanded: Words = {
  test: (text) =>
    [...text.matchAll(started)].some(([, name = '']) => isMany(name)) ||
    ([...text.matchAll(gathered)].some(([, name = '']) => text.includes(`${name}.push(`)) &&
      [...text.matchAll(walked)].some(([, name, other]) => isMany(name ?? other ?? ''))),
};

/** `ids` of `ids.filter(isOpen)`, `Object.keys(rooms)` */
function walkedIn(over: Node): Node {
  if (
    over.type === 'parenthesized_expression' ||
    over.type === 'as_expression' ||
    over.type === 'non_null_expression'
  ) {
    const [first] = partsOf(over);
    return first ? walkedIn(first) : over;
  }
  if (over.type !== 'call_expression') return over;
  const receiver = receiverOf(over);
  const inner = !receiver || /^(Object|Array)$/.test(receiver.text) ? argumentsOf(over)[0] : receiver;
  return inner && /^(filter|sort|reverse|flat|flatMap|map|concat|values|keys|entries|from|uniq)$/.test(calleeName(over))
    ? walkedIn(inner)
    : over;
}

/** `function fetchAll(urls) { return Promise.all(urls.map(fetch)); }` */
export function handedMany(over: Node, place: Node, file: SourceFile): Growth | null {
  const list = walkedIn(over);
  const path = /^[\w$]+(\??\.[\w$]+)*$/.exec(list.text)?.[0].split(/\??\./) ?? [];
  const [first = ''] = path;
  if (first === 'this' || !isMany(path.at(-1) ?? '') || (path.length > 1 && onePage.test(first))) return null;
  const around = knownAround(place, file);
  if (!around || around.name === '' || runsSeldom(around.name)) return null;
  const { node } = around;
  const parameters = node.childForFieldName('parameters') ?? node.childForFieldName('parameter');
  if (!parameters?.text.match(/[\w$]+/g)?.includes(first)) return null;
  return {
    unit: 'element',
    source: oneLine(list),
    evidence: [
      `\`${around.name}\` (line ${lineOf(around.node)}) is handed \`${oneLine(list)}\`, and starts all of it at once`,
    ],
    turns: [{ place, repeated: place }],
    settledEarly: null,
    doubt: `how long what \`${around.name}\` is handed can be`,
  };
}
