import type { Node } from 'web-tree-sitter';
import { partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, escaped, type SourceFile } from '../file';

const second = 1000;
const minute = 60 * second;

/** Is it a period that no run, or only one that hangs, is as long as? No: it may be short, or the file does not tell. */
export function isLong(given: Node | undefined, file: SourceFile): boolean {
  if (!given) return false;
  const length = milliseconds(given, file, 3);
  return length === null ? /(minutes?|hours?|days?)(?![a-z])/i.test(given.text) : length >= minute;
}

/** @param depth so many names are followed */
function milliseconds(given: Node, file: SourceFile, depth: number): number | null {
  if (given.type === 'number') return Number(given.text.replace(/_/g, ''));
  if (given.type === 'parenthesized_expression') return oneOf(partsOf(given), file, depth);
  if (given.type === 'call_expression') return inUnit(given, file, depth);
  if (given.type === 'binary_expression') return computed(given, file, depth);
  const name = /^(?:[\w$]+\.)*([\w$#]+)$/.exec(given.text)?.[1];
  return name === undefined || depth === 0 ? null : oneOf(valuesOf(name, file), file, depth - 1);
}

/** The shortest of them, so that all have to be long; null: one of them is not known. */
function oneOf(values: readonly Node[], file: SourceFile, depth: number): number | null {
  const known = values.map((value) => milliseconds(value, file, depth));
  return known.length === 0 || known.includes(null) ? null : Math.min(...known.filter((each) => each !== null));
}

function computed(given: Node, file: SourceFile, depth: number): number | null {
  const [left, right] = partsOf(given).map((side) => milliseconds(side, file, depth));
  const sign = textIn(given, 'operator');
  // `options.period || 60000`: what is set is not known, and the default is what most have.
  if (/^(\|\||\?\?)$/.test(sign)) return right ?? null;
  if (left == null || right == null) return null;
  if (sign === '*') return left * right;
  if (sign === '/') return left / right;
  return sign === '+' ? left + right : sign === '-' ? left - right : null;
}

const units: readonly (readonly [RegExp, number])[] = [
  [/milli|^ms$/i, 1],
  [/sec/i, second],
  [/min(?!us)/i, minute],
  [/hour/i, 60 * minute],
];

/** `timespan.minutes(5)`, `secondsToMilliseconds(90)`, `Math.max(60, given)` */
function inUnit(call: Node, file: SourceFile, depth: number): number | null {
  const [first] = argumentsOf(call);
  const name = calleeName(call);
  if (name === 'max') {
    const known = argumentsOf(call).flatMap((each) => milliseconds(each, file, depth) ?? []);
    return known.length === 0 ? null : Math.max(...known);
  }
  if (name === 'min') return null;
  const from = /^([a-z]+?)(s?To[A-Z]|s?$)/.exec(name)?.[1] ?? '';
  const unit = units.find(([word]) => word.test(from))?.[1];
  const count = first && unit !== undefined ? milliseconds(first, file, depth) : null;
  return count === null || unit === undefined ? null : count * unit;
}

/** What the file gives to the name, wherever it does. */
function valuesOf(name: string, file: SourceFile): Node[] {
  const given = new RegExp(`(?<![\\w$])${escaped(name)}['"]?\\s*(?::(?!:)|=(?![=>]))\\s*(?=[\\w$(])`, 'g');
  return [...file.text.matchAll(given)].flatMap(({ index }) => {
    const leaf = file.root.descendantForIndex(index, index + name.length);
    for (let up: Node | null = leaf; up && up.startIndex >= index - 200; up = up.parent) {
      const value = valueIn(up);
      if (value && value.startIndex > index) return [value];
      if (/statement|declaration|function|class_body/.test(up.type)) return [];
    }
    return [];
  });
}

/** What stands to the right of a name. */
function valueIn(named: Node): Node | null {
  if (named.type === 'assignment_expression') return named.childForFieldName('right');
  return /^(pair|variable_declarator|\w*field_definition)$/.test(named.type) ? named.childForFieldName('value') : null;
}
