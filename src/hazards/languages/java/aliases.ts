import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains } from '../../syntax';
import { wordsNamed } from '../../words';
import { argumentsOf, calleeName, callTaking, typeName } from './file';
import type { Holder } from './held';

/** So many times at most what is held is handed on. */
const mostSteps = 3;

const known = new WeakMap<Holder, Holder[]>();

/**
 * Under which other names the file holds it: a variable that the field is put into, the field that a constructor keeps
 * what it is handed in, the field that is set from a builder's.
 */
export function aliasesOf(holder: Holder): Holder[] {
  const found = known.get(holder) ?? findAliases(holder);
  known.set(holder, found);
  return found;
}

function findAliases(holder: Holder): Holder[] {
  const seen = new Set([keyOf(holder)]);
  const all: Holder[] = [];
  let level = [holder];
  for (let step = 0; step < mostSteps && level.length > 0; step++) {
    level = level
      .flatMap((each) => [...assigned(each), ...keptByConstructors(each)])
      .filter((each) => !seen.has(keyOf(each)) && seen.add(keyOf(each)));
    all.push(...level);
  }
  return all;
}

const keyOf = ({ name, scope }: Holder) => `${scope.id} ${name}`;

/** What hands back what it is given, once it has looked whether there is anything. */
const looking = String.raw`(?:\(\w+(?:<[^;=()]*>)?\)\s*)?(?:[\w.]*(?:[nN]ot?n?Null|NonNull)\(\s*)?`;

/** What stands before a name that something is set to. */
const put = new RegExp(String.raw`\b(\w+)\s*=\s*${looking}(?:(\w+)\.)?$`);
/** What stands before a name that is handed over. */
const handed = /[(,]\s*(?:this\.)?$/;

/** So far back from a name what stands before it is looked at. Characters. */
const farthest = 200;

/** Where a name stands behind something and ends what is said. `index` is where what stands before it begins. */
function usesIn(text: string, name: string, before: RegExp): (RegExpExecArray & { named: number })[] {
  return wordsNamed(text, name).flatMap((at) => {
    if (!/^\s*[;,)]/.test(text.slice(at + name.length, at + name.length + farthest))) return [];
    const start = Math.max(0, at - farthest);
    const found = before.exec(text.slice(start, at));
    return found ? [Object.assign(found, { index: start + found.index, named: at })] : [];
  });
}

/** `Queue<Task> waiting = session.queue;`, `this.queue = builder.queue;`, of a field. */
function assigned({ name, field, scope }: Holder): Holder[] {
  if (!field) return [];
  const root = scope.tree.rootNode;
  return usesIn(root.text, name, put).flatMap(({ index, 1: alias = '', 2: through = 'this' }) => {
    const place = root.descendantForIndex(root.startIndex + index);
    const isItsOwn = through === 'this' ? place && contains(scope, place) : variablesOf(scope).has(through);
    return place && isItsOwn && !(alias === name && through === 'this') ? heldAs(alias, place) : [];
  });
}

/** The field or variable of that name at a place where it is set. */
function heldAs(name: string, place: Node): Holder[] {
  const method = [...ancestorsOf(place)].find(({ type }) => /^(method|constructor)_declaration$/.test(type));
  const owner = [...ancestorsOf(place)].find(({ type }) => type === 'class_declaration');
  const isDeclared = place.parent?.type === 'variable_declarator';
  if (!isDeclared && owner && hasField(owner, name)) return [{ name, field: true, scope: owner }];
  return method ? [{ name, field: false, scope: method }] : [];
}

const hasField = (owner: Node, name: string) =>
  (owner.childForFieldName('body')?.namedChildren ?? []).some(
    (each) =>
      each.type === 'field_declaration' &&
      each.childrenForFieldName('declarator').some((one) => one.childForFieldName('name')?.text === name),
  );

/** Of `new Sender(queue)` the field and the parameter of a class of this file. */
function keptByConstructors({ name, scope }: Holder): Holder[] {
  const text = scope.text;
  if (!text.includes('new ')) return [];
  return usesIn(text, name, handed).flatMap(({ named }) => {
    const given = scope.descendantForIndex(scope.startIndex + named);
    const argument = given?.parent?.type === 'field_access' ? given.parent : given;
    const made = argument && callTaking(argument);
    if (!argument || made?.type !== 'object_creation_expression' || made.childForFieldName('body')) return [];
    return keptBy(
      made,
      argumentsOf(made).findIndex(({ id }) => id === argument.id),
    );
  });
}

function keptBy(made: Node, at: number): Holder[] {
  const root = made.tree.rootNode;
  const name = calleeName(made);
  if (at < 0 || !new RegExp(`class ${name}\\b`).test(root.text)) return [];
  const owner = root
    .descendantsOfType('class_declaration')
    .find((each) => each.childForFieldName('name')?.text === name);
  const count = argumentsOf(made).length;
  return (owner?.childForFieldName('body')?.namedChildren ?? [])
    .filter(({ type }) => type === 'constructor_declaration')
    .map((constructor) => ({ constructor, given: constructor.childForFieldName('parameters')?.namedChildren ?? [] }))
    .filter(({ given }) => given.length === count)
    .flatMap(({ constructor, given }) => {
      const parameter = given[at]?.childForFieldName('name')?.text;
      if (parameter === undefined || !owner) return [];
      const set = new RegExp(String.raw`\b(\w+)\s*=\s*${looking}${parameter}\s*[;,)]`).exec(constructor.text)?.[1];
      const kept: Holder[] = set === undefined ? [] : [{ name: set, field: true, scope: owner }];
      return [...kept, { name: parameter, field: false, scope: constructor }];
    });
}

/** Names of variables whose type is the class, and its own. */
export function variablesOf(owner: Node): Set<string | undefined> {
  const name = typeName(owner.childForFieldName('name'));
  if (name === '') return new Set();
  const declared = new RegExp(`\\b${name}(?:<[^;=()]*>)?\\s+(\\w+)\\b`, 'g');
  return new Set([name, ...[...owner.tree.rootNode.text.matchAll(declared)].map(([, each]) => each)]);
}
