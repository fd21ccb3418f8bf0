import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains } from '../../../syntax';
import { escaped, isClass, type SourceFile } from '../file';

/** An empty array or a new object, as text. */
const made = String.raw`(?:\[\]|new Array\b|new [\w$.]+)`;

const holding = /^(assignment_expression|variable_declarator|pair|public_field_definition|field_definition)$/;

/**
 * Where what a queue of the name holds is made: `this.queue = []`, `queue: []`, `const queue = new Queue()`.
 * @returns the statement or entry that makes it first; null: this file does not show it
 */
export function madeAt(name: string, put: Node, file: SourceFile): Node | null {
  const word = new RegExp(`(?<![\\w$])${escaped(name)}['"]?\\]?[?!]?(?:: [^=;\\n]+)?\\s*[=:]\\s*${made}`, 'g');
  const makers = [...file.text.matchAll(word)].flatMap(({ index }) => holderAt(index, file) ?? []);
  const own = [...ancestorsOf(put)].find(isClass);
  const near = makers.filter((each) => !own || contains(own, each));
  const all = near.length > 0 ? near : makers;
  return all.find((each) => isMadeOnce(each, file)) ?? all[0] ?? null;
}

function holderAt(index: number, { root }: SourceFile): Node | null {
  const leaf = root.descendantForIndex(index, index + 1);
  const holder = leaf && [leaf, ...ancestorsOf(leaf)].find(({ type }) => holding.test(type));
  if (!holder || holder.startIndex < index - 60) return null;
  const whole = holder.parent;
  const isAlone = whole?.namedChildCount === 1 && /^(expression_statement|\w+_declaration)$/.test(whole.type);
  return isAlone ? whole : holder;
}

/** By the module, a field, or what makes an object; not by a function that empties it. */
function isMadeOnce(maker: Node, file: SourceFile): boolean {
  const around = file.functionAround(maker);
  if (!around || /(^|_)field_definition$|^pair$/.test(maker.type)) return true;
  return /^([A-Z]|constructor$)/.test(file.nameOf(around));
}
