import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, partsOf } from '../../../syntax';
import { argumentsOf, calleeName, escaped, receiverOf, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';

/** Is one of the arguments of the function around the call what it is given? */
export function isHanded(given: Node | undefined, call: Node, file: SourceFile): boolean {
  const around = given && knownAround(call, file, (name) => name !== '');
  const first = /^[\w$]+/.exec(given?.text ?? '')?.[0] ?? '';
  const parameters = around?.functions.flatMap(
    (each) =>
      (each.childForFieldName('parameters') ?? each.childForFieldName('parameter'))?.text.match(/[\w$]+/g) ?? [],
  );
  return first !== '' && parameters?.includes(first) === true;
}

/** The calls that go on with what the call gives: `limit` of `find().limit(10)`. */
function* chainedOn(call: Node): Generator<string> {
  for (const outer of ancestorsOf(call)) {
    if (outer.type === 'call_expression' && contains(outer.childForFieldName('function') ?? outer, call))
      yield calleeName(outer);
    else if (outer.type !== 'member_expression') return;
  }
}

const limiting =
  /^(limit|take|first|cursor|count\w*|stream|page|paginate|skip|eachAsync|findOne|where\w*|equals|sort)$/;
const isLimited = (call: Node): boolean => [...chainedOn(call)].some((name) => limiting.test(name));

const isRedis = (call: Node, file: SourceFile): boolean =>
  /redis/i.test(receiverOf(call)?.text ?? '') ||
  (file.importsAny(/redis/) && /(client|conn(ection)?|cache|store|db|multi\(\))$/i.test(receiverOf(call)?.text ?? ''));

const endless = /^(['"]?-1['"]?|['"]\+inf['"]|['"]\+['"])$/;

/** `lrange(key, 0, -1)`, `zrangebyscore(key, '-inf', now)` */
export const isWholeRange = (call: Node, file: SourceFile): boolean => {
  const given = argumentsOf(call);
  const [, , to, ...others] = given;
  return (
    isRedis(call, file) &&
    to !== undefined &&
    endless.test(to.text) &&
    !/LIMIT|COUNT/i.test(others.map(({ type, text }) => (type.includes('function') ? '' : text)).join(' '))
  );
};

/** A question in SQL without a condition or number, of a table that is no catalogue. */
const sqlOfAll =
  /^[`'"]\s*SELECT\s(?![^]*\b(WHERE|LIMIT|TOP|FETCH|COUNT|MAX|MIN|SUM|AVG|EXISTS|RETURNING|PRAGMA)\b)(?![^]*\b(information_schema|sqlite_master|pg_\w+|sys\.|current_|\w*(schema|version|migration|setting|config|meta)\w*)\b)[^]*\bFROM\b/i;

/** Does it ask for a whole table in SQL? */
export const isTable = (call: Node): boolean => sqlOfAll.test(argumentsOf(call)[0]?.text ?? '');

/** `User.findAll()`, `User.findAll({ order })` */
export const hasNoLimit = (call: Node): boolean => {
  const [options] = argumentsOf(call);
  return (
    !isLimited(call) &&
    (options === undefined ||
      (options.type === 'object' && !/\b(limit|take|where|skip|first)\b|\.\.\./.test(options.text)))
  );
};

/** `User.find()` and `User.find({})` of a model. */
export const isModel = (call: Node): boolean => {
  const [filter, , options] = argumentsOf(call);
  const all = filter === undefined || (filter.type === 'object' && partsOf(filter).length === 0);
  return (
    all &&
    !(options?.text ?? '').includes('limit') &&
    !isLimited(call) &&
    /^[A-Z]\w*$|[mM]odel$/.test(receiverOf(call)?.text ?? '')
  );
};

/** `repository.find()` without a number. */
export const isRepository = (call: Node): boolean =>
  hasNoLimit(call) && /repo(sitory)?$|getRepository\([^()]*\)$/i.test(receiverOf(call)?.text ?? '');

/** `cursor.find({ modified: { $gt: since } }).toArray()` */
export const isRange = (call: Node): boolean => {
  let each: Node | null = receiverOf(call);
  let ranged = false;
  for (; each?.type === 'call_expression'; each = receiverOf(each)) {
    const name = calleeName(each);
    if (name === 'find') ranged = /\$(gte?|lte?|exists|ne)\b/.test(argumentsOf(each)[0]?.text ?? '');
  }
  return ranged;
};

/** The body of what is fetched from an address that others choose. */
const isOfAddress = (call: Node, file: SourceFile): boolean => {
  const answer = receiverOf(call);
  const name = answer?.type === 'identifier' ? answer.text : null;
  const around = name === null ? null : knownAround(call, file, (known) => known !== '');
  if (
    !around ||
    name === null ||
    /content-length|max_?(size|bytes|length)|size_?limit|\brange:/i.test(around.node.text)
  )
    return false;
  const asked = new RegExp(`\\b${escaped(name)} = await (?:[\\w.]*\\.)?\\w*[fF]etch\\w*\\(\\s*([\\w$.]+)`).exec(
    around.node.text,
  )?.[1];
  const first = asked?.split('.')[0] ?? '';
  const parameters = around.functions.flatMap(
    (each) =>
      (each.childForFieldName('parameters') ?? each.childForFieldName('parameter'))?.text.match(/[\w$]+/g) ?? [],
  );
  return first !== '' && parameters.includes(first);
};

/** `answer.arrayBuffer()` of what was fetched from an address that others choose. */
export const bytesOfAnswer = (call: Node, file: SourceFile): boolean =>
  argumentsOf(call).length === 0 && isOfAddress(call, file);

/** `axios.get(url, { responseType: 'arraybuffer' })` */
export const isWholeDownload = (call: Node, file: SourceFile): boolean => {
  const [first, second] = argumentsOf(call);
  const options = second ?? first;
  if (!/responseType: ['"](arraybuffer|blob)['"]/.test(options?.text ?? '') || file.text.includes('maxContentLength'))
    return false;
  return second ? isHanded(first, call, file) : true;
};
