import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains } from '../../../syntax';
import { argumentsOf, calleeName, receiverText, typeName, type JavaFile } from '../file';
import { filledBy, filling, putStep, putting, taking } from './fills';
import { isSpare } from './spares';
import { perItem } from '../growth';
import { callsOn, gettersOf, holderOf, type Holder } from '../held';

/** What holds the queue in the end: also the field of a constructor that it is handed to, or that a method's result is kept in. */
export function keptIn(made: Node, file: JavaFile): Holder | null {
  const name = fieldOfConstructor(made, file) ?? fieldOfResult(made, file) ?? fieldOfVariable(made, file);
  const scope = name === null ? null : file.classAround(made);
  const holder =
    name === null
      ? (holderOf(made, file) ?? parameterOfConstructor(made, file))
      : scope && { name, field: true, scope };
  return holder?.field ? { ...holder, gettings: gettersOf(holder, file).map((each) => `${each.name}()`) } : holder;
}

/** `queue` of `this(new LinkedBlockingQueue<>())`, where another constructor has `this.queue = given`. */
function fieldOfConstructor(made: Node, file: JavaFile): string | null {
  for (const { name, scope } of givenToConstructors(made, file)) {
    const kept = scope
      .descendantsOfType('assignment_expression')
      .find((each) => each.childForFieldName('right')?.text === name);
    const field = kept?.childForFieldName('left')?.text.replace(/^this\./, '');
    if (field !== undefined && /^\w+$/.test(field)) return field;
  }
  return null;
}

/** `pool` of `this(Executors.newFixedThreadPool(n))`, where a function that the other constructor makes uses it. */
const parameterOfConstructor = (made: Node, file: JavaFile): Holder | null =>
  givenToConstructors(made, file)[0] ?? null;

/** What other constructors of the class call what is made as an argument of `this(…)`. */
function givenToConstructors(made: Node, file: JavaFile): Holder[] {
  const call = made.parent?.type === 'argument_list' ? made.parent.parent : null;
  if (call?.type !== 'explicit_constructor_invocation' || call.childForFieldName('constructor')?.type !== 'this')
    return [];
  const at = argumentsOf(call).findIndex(({ id }) => id === made.id);
  const owner = file.classAround(made);
  return file.methods
    .filter(({ node, owner: of }) => node.type === 'constructor_declaration' && of?.id === owner?.id)
    .flatMap(({ node }) => {
      const given = node.childForFieldName('parameters')?.namedChildren ?? [];
      const parameter = given.length === argumentsOf(call).length ? given[at] : undefined;
      const name = parameter?.childForFieldName('name')?.text;
      const holds = /(Queue|Deque|Executor\w*)$/.test(typeName(parameter?.childForFieldName('type') ?? null));
      return holds && name !== undefined ? [{ name, field: false, scope: node }] : [];
    });
}

/** `events` of `events = given == null ? createQueue() : given`, where `createQueue` returns what is made. */
function fieldOfResult(made: Node, file: JavaFile): string | null {
  const method = isReturned(made, file) ? file.methodAround(made)?.name : undefined;
  if (method === undefined || !/^\w+$/.test(method)) return null;
  const put = new RegExp(`(?:^|[\\s.])(\\w+)\\s*=\\s*(?:[^;]{0,120}[?:]\\s*)?(?:this\\.)?${method}\\(`);
  const found = put.exec(file.text);
  const field = found?.[1] ?? '';
  const at = found ? found.index + found[0].indexOf(field) : -1;
  const named = field === '' ? null : file.root.descendantForIndex(at, at + field.length);
  return named?.parent?.parent?.type === 'local_variable_declaration' ? null : field || null;
}

/** Is it, or the variable that it is put into, what the method returns? */
function isReturned(made: Node, file: JavaFile): boolean {
  let { parent } = made;
  while (parent && /^(cast|ternary|parenthesized)_expression$/.test(parent.type)) parent = parent.parent;
  if (parent?.type === 'return_statement') return true;
  const holder = holderOf(made, file);
  return holder?.field === false && new RegExp(`return ${holder.name};`).test(holder.scope.text);
}

/** `pool` of `ExecutorService made = …; this.pool = made;`. */
function fieldOfVariable(made: Node, file: JavaFile): string | null {
  const holder = holderOf(made, file);
  if (holder?.field !== false) return null;
  const [, field] = new RegExp(`(?:^|\\s)(?:this\\.)?(\\w+)\\s*=\\s*${holder.name};`).exec(holder.scope.text) ?? [];
  return field !== undefined && field !== holder.name && file.typeOfField(field) !== null ? field : null;
}

/** Calls that hand tasks to the executors of a map in which the one made here is kept: through variables that hold one. */
export function handedFromMap(made: Node, handing: RegExp, file: JavaFile): Node[] {
  const map = mapAround(made, file);
  const owner = map === null ? null : file.classAround(made);
  return (owner?.descendantsOfType('method_invocation') ?? []).filter((call) => {
    const receiver = receiverText(call);
    if (!handing.test(calleeName(call)) || receiver === '') return false;
    if (receiver.startsWith(`${map ?? ''}.`)) return true;
    const ofExecutor = new RegExp(`\\b\\w*Executor(Service)?\\s+${receiver}\\b`);
    return /^\w+$/.test(receiver) && ofExecutor.test(file.methodAround(call)?.node.text ?? '');
  });
}

/**
 * A queue for each key, kept in a map: `queues.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>()).add(message)`.
 * @param holder the variable that holds the queue; null: none does
 */
export function filledInMap(made: Node, holder: Holder | null, file: JavaFile): Growth | null {
  const map = holder ? mapBeside(holder) : mapAround(made, file);
  if (map === null || isSpare(map, `${made.text} ${file.typeOfField(map) ?? ''}`)) return null;
  const own = holder ? callsOn(holder, putting) : [];
  for (const put of [...own, ...putsInto(map, file)]) {
    const around = filling(put);
    if (around) return filledBy(put, around, undefined);
  }
  return null;
}

/** `queues` of `queues.put(key, queue)`. */
function mapBeside(holder: Holder): string | null {
  const kept = holder.scope
    .descendantsOfType('method_invocation')
    .find((call) => /^put(IfAbsent)?$/.test(calleeName(call)) && argumentsOf(call)[1]?.text === holder.name);
  return kept ? plainName(receiverText(kept)) : null;
}

/** `queues` of `queues.put(key, new …)`, or of `queues.computeIfAbsent(key, …)` whose function makes it. */
function mapAround(made: Node, file: JavaFile): string | null {
  const around = [...ancestorsOf(made)].slice(0, 4).find((outer) => keeping.test(calleeName(outer)));
  const call = around ?? absentCallOf(made, file);
  return call ? plainName(receiverText(call)) : null;
}

const keeping = /^(put|putIfAbsent|computeIfAbsent)$/;

/** The `computeIfAbsent` that is handed the method, or an object of the class, which returns what is made. */
function absentCallOf(made: Node, file: JavaFile): Node | null {
  const method = made.parent?.type === 'return_statement' ? file.methodAround(made) : null;
  const names = [method?.name, method?.owner?.childForFieldName('name')?.text].filter((name) => name !== undefined);
  if (names.length === 0 || !file.text.includes('computeIfAbsent')) return null;
  const used = new RegExp(`\\b(${names.join('|')})\\b`);
  return (
    file.root
      .descendantsOfType('method_invocation')
      .find((call) => calleeName(call) === 'computeIfAbsent' && used.test(argumentsOf(call)[1]?.text ?? '')) ?? null
  );
}

const plainName = (receiver: string): string | null => /^(?:this\.)?(\w+)$/.exec(receiver)?.[1] ?? null;

/** Calls that put something into a queue of the map, also by way of a variable. */
function putsInto(map: string, file: JavaFile): Node[] {
  const reading = new RegExp(`^(this\\.)?${map}\\.(get|computeIfAbsent|getOrDefault|putIfAbsent)\\(`);
  const read = new RegExp(
    `\\b(\\w+)\\s*=\\s*(?:this\\.)?${map}\\.(?:get|computeIfAbsent|getOrDefault|putIfAbsent)\\(`,
    'g',
  );
  const variables = new Set([...file.text.matchAll(read)].map(([, name]) => name));
  return file.root
    .descendantsOfType('method_invocation')
    .filter((call) => putting.test(calleeName(call)))
    .filter((call) => reading.test(receiverText(call)) || variables.has(receiverText(call)));
}

/** A queue in a variable that a function fills which something else calls, while others empty it. */
export function filledByFunction(holder: Holder | null, file: JavaFile): Growth | null {
  if (!holder || isSpare(holder.name, '')) return null;
  const put = callsOn(holder, putting).find((each) => isInFunction(each, holder));
  const around = put && filling(put);
  if (!put || around?.around.type !== 'lambda_expression') return null;
  const [take] = callsOn(holder, taking).filter((each) => !contains(around.around, each));
  const isReturned = new RegExp(`return ${holder.name};`).test(holder.scope.text);
  if (!isReturned && !(take && inLoop(take))) return null;
  const growth = perItem(put, file);
  return growth && !growth.open
    ? { ...growth, evidence: [...growth.evidence, putStep(put)] }
    : filledBy(put, around, take);
}

const inLoop = (place: Node) =>
  [...ancestorsOf(place)].some(({ type }) => /^(while|do|for|enhanced_for)_statement$/.test(type));

/** Does it stand in a function that the method of the variable makes? */
const isInFunction = (place: Node, { scope }: Holder) =>
  [...ancestorsOf(place)].some((outer) => outer.type === 'lambda_expression' && contains(scope, outer));
