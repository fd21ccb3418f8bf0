import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { contains, partsOf, placeOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, escaped, receiverOf, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';
import { isCounter } from '../fields';
import { isTakenFrom } from './takenFrom';
import { isEverNew, isOfProgram, isShortLived } from './everNew';

/** A collection of the module or an object that a function which runs per item adds to, and nothing takes from. */
export function onlyGrows(place: Node, file: SourceFile): Growth | null {
  const said = fillAt(place);
  const fill = said && meant(said, file);
  if (!fill || isOfProgram(fill.name)) return null;
  const around = knownAround(place, file);
  if (!around || around.name === '' || isSeldom(around.name) || isShortLived(around.name)) return null;
  const owner = file.classAround(place) ?? (file.importsAny(serving) ? 'Server' : '');
  if (owner === '' || isShortLived(owner)) return null;
  const counter = counterOf(fill, file.text);
  const item = counter ?? itemOf(fill, around.functions);
  if (item === null) return null;
  if (
    (counter === null && !isEverNew(fill.name, item)) ||
    !isMadeOutside(fill, around.node, file) ||
    isTakenFrom(fill.name, file.text)
  )
    return null;
  if (isOnlyCalledSeldom(around.node, file)) return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [`${placeOf(place)} keeps something for each \`${item}\``],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how many there are that \`${around.name}\` is handed`,
  };
}

/** `this.asked[this.nextId] = …` beside `this.nextId++`: each key is new. */
const counterOf = ({ key }: Fill, text: string): string | null => (isCounter(key.text, text) ? key.text : null);

/** The field that a local name means: `const seen = this.seen`, `const { seen } = this`. */
function meant(fill: Fill, file: SourceFile): Fill {
  const name = fill.into.type === 'identifier' ? file.fieldCalled(fill.name) : undefined;
  return name === undefined ? fill : { ...fill, name, ofField: true };
}

/** What is added to, and what goes in: the key, the element. */
interface Fill {
  into: Node;
  name: string;
  key: Node;
  made: string;
  ofField?: boolean;
}

const ofObject = '(\\{\\}|Object\\.create\\(null\\)|\\[\\])';
const ofMap = 'new \\w*(Map|Set)\\b';

/** `table[key] = …`, `table.set(key, …)`, `set.add(key)` */
function fillAt(place: Node): Fill | null {
  const said = place.type === 'expression_statement' ? partsOf(place)[0] : place;
  // An assignment is a place itself, and not its statement.
  const left = place.type === 'assignment_expression' ? place.childForFieldName('left') : null;
  if (left?.type === 'subscript_expression') {
    const [index, right] = [left.childForFieldName('index'), place.childForFieldName('right')];
    if (!index || !right || /^(undefined|null|false|0)$/.test(right.text)) return null;
    return filled(left.childForFieldName('object'), index, ofObject);
  }
  if (said?.type !== 'call_expression') return null;
  const [method, given] = [calleeName(said), argumentsOf(said)];
  const isMap = given.length === (method === 'set' ? 2 : method === 'add' ? 1 : -1);
  return isMap && given[0] ? filled(receiverOf(said), given[0], ofMap) : null;
}

/** Does the place put something under a key or into a set? */
export const putsUnderKey = (place: Node): boolean => fillAt(place) !== null;

function filled(receiver: Node | null, key: Node, made: string): Fill | null {
  if (!/^(identifier|member_expression)$/.test(key.type)) return null;
  let into = receiver;
  if (into?.type === 'subscript_expression') into = into.childForFieldName('object');
  if (into?.type === 'non_null_expression') into = partsOf(into)[0] ?? null;
  const name = /^(?:(?:this|self|that|_this|me)\.)?([\w$#]+)$/.exec(into?.text ?? '')?.[1];
  return into && name !== undefined ? { into, name, key, made } : null;
}

/** What is imported by modules that serve others. */
export const serving =
  /^(node:)?(net|https?|http2|tls|dgram|ws|socket\.io|events|express|fastify|koa|hono|kafkajs|amqplib|mqtt|ioredis|redis|nats|eventemitter3)$/;

/** The key, if the functions are handed what it is of, or make it. */
function itemOf({ key }: Fill, functions: readonly Node[]): string | null {
  const [first = ''] = key.text.split('.');
  const isHanded = functions.some((each) =>
    namesOf(each.childForFieldName('parameters') ?? each.childForFieldName('parameter')).includes(first),
  );
  return isHanded || isLocal(first, functions) ? key.text : null;
}

const namesOf = (node: Node | null): readonly string[] => node?.text.match(/[\w$]+/g) ?? [];

const isLocal = (name: string, functions: readonly Node[]): boolean =>
  new RegExp(`\\b(const|let|var) (\\{[^}]*)?${escaped(name)}\\b`).test(functions.at(-1)?.text ?? '');

function isMadeOutside({ into, name, made, ofField }: Fill, around: Node, file: SourceFile): boolean {
  if (into.type === 'member_expression' || ofField === true)
    return file.says(`(?<![\\w$])${escaped(name)}(: [^=;\\n]+)?\\s*(=|:)\\s*${made}`);
  const declared = file.walked
    .of('variable_declarator')
    .filter((each) => each.childForFieldName('name')?.text === name);
  const [only] = declared;
  if (!only || declared.length > 1 || !file.says(`\\b${escaped(name)}\\b[^=\\n]*= ${made}`)) return false;
  const maker = file.functionAround(only);
  return maker === null || (!contains(around, maker) && isLasting(maker, file));
}

/** Does it make something that lasts: a module, a plugin, a client? */
function isLasting(maker: Node, file: SourceFile): boolean {
  const name = file.nameOf(maker) || (maker.parent?.type === 'pair' ? textIn(maker.parent, 'key') : '');
  return (
    /^(_*(make|create|init|setup|apply|install|plugin|connect)(?![a-z])|[A-Z]|(exports|default)$)/.test(name) ||
    /(server|client|store|plugin|connection|socket|agent|proxy)$/i.test(name)
  );
}

/** Is it only called from functions that run once or now and then? */
export function isOnlyCalledSeldom(around: Node, file: SourceFile): boolean {
  const uses = file.usesOf(around);
  return (
    uses.length > 0 &&
    uses.every((use) => {
      if (contains(around, use)) return true;
      // What is handed on may be called again and again.
      if (use.parent?.childForFieldName('function')?.id !== use.id) return false;
      const caller = file.functionAround(use);
      return caller !== null && runsSeldom(file.nameOf(caller));
    })
  );
}

/** Does it run once or now and then? What loads or creates may do so for each item. */
const isSeldom = (name: string): boolean => runsSeldom(name) && !/^_*(load|create|open)(?![a-z])/.test(name);
