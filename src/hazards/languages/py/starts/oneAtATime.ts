import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, partsOf, textIn } from '../../../syntax';
import { assignedAbove, type PythonFile } from '../file';

/**
 * `self._watch = create_task(self._loop())`: the object has one of them. What is started for the item at hand is lost
 * with the next, unless the function looks at the one before.
 */
export function isOneOfObject(place: Node, file: PythonFile): boolean {
  const held = place.parent?.type === 'assignment' ? place.parent.childForFieldName('left') : null;
  const around = file.functionAround(place);
  if (!around || held?.type !== 'attribute' || !/^(self|cls)\.\w+$/.test(held.text)) return false;
  const above = around.node.text.slice(0, place.startIndex - around.node.startIndex - held.text.length - 3);
  return new RegExp(`${held.text.replace('.', '\\.')}\\b|\\b_*cancel\\w*\\(`).test(above) || !isOfItem(place, file);
}

/** Does what is started get something that the function is handed, or that its loop or a wait gives it? */
export function isOfItem(place: Node, file: PythonFile): boolean {
  const given = (file.functionAround(place)?.node.childForFieldName('parameters')?.namedChildren ?? [])
    .map(({ text }) => /^\*{0,2}(\w+)/.exec(text)?.[1] ?? '')
    .filter((name) => !/^(self|cls|)$/.test(name));
  const turned = [...ancestorsOf(place)]
    .filter(({ type }) => type === 'for_statement')
    .flatMap((loop) => loop.childForFieldName('left')?.text.match(/\w+/g) ?? []);
  const items = [...given, ...turned];
  return place
    .descendantsOfType('identifier')
    .some(({ text }) => items.includes(text) || isMadeOf(assignedAbove(text, place)?.text ?? '', items));
}

const isMadeOf = (value: string, items: readonly string[]): boolean =>
  /\bawait\b/.test(value) || items.some((item) => new RegExp(`\\b${item}\\b`).test(value));

/** `return task, answers`: whoever called goes on with it. */
export function isGivenBack(place: Node, file: PythonFile): boolean {
  const held = place.parent?.type === 'assignment' ? place.parent.childForFieldName('left') : null;
  if (held?.type !== 'identifier') return false;
  const given = file.functionAround(place)?.node.descendantsOfType('return_statement') ?? [];
  return given.some((each) => isAmong(held.text, each));
}

const isAmong = (name: string, given: Node): boolean =>
  partsOf(given).some((each) => each.type === 'expression_list' && partsOf(each).some(({ text }) => text === name));

/** `if key not in self._tasks: self._tasks[key] = create_task(…)`, `await worker.close()` above `create_task(worker.run())` */
export function followsAnother(place: Node): boolean {
  const around = [...ancestorsOf(place)].slice(0, [...ancestorsOf(place)].findIndex(isDefinition) + 1);
  const body = around.at(-1)?.text ?? '';
  if (around.some((outer) => isFirstOfKey(outer, place, body))) return true;
  const worker = /^[\w.]*\((\w+)\.\w+\(/.exec(place.text)?.[1];
  const above = place.parent?.parent?.text ?? '';
  return (
    worker !== undefined &&
    worker !== 'self' &&
    new RegExp(`\\bawait ${worker}\\.(close|stop|join|cancel)\\(`).test(above)
  );
}

/** `if name not in self.queues:` around what puts it there: one for each that is not there yet. */
function isFirstOfKey(outer: Node, place: Node, body: string): boolean {
  if (!/^(if_statement|elif_clause)$/.test(outer.type)) return false;
  const table = /\bnot in ((?:self|cls)\.\w+)$/.exec(textIn(outer, 'condition'))?.[1];
  const first = outer.childForFieldName('consequence');
  if (table === undefined || !first) return false;
  if (/task|running|worker|thread/i.test(table)) return body.includes(`${table}[`);
  return contains(first, place) && new RegExp(`${table.replace('.', '\\.')}\\[[^\\]\\n]*\\] = `).test(first.text);
}

const isDefinition = ({ type }: Node) => type === 'function_definition';
