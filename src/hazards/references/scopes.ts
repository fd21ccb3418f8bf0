import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn } from '../syntax';

/** Functions, as the grammars call them. */
const functionTypes =
  /^((generator_)?function(_declaration|_definition|_expression|_item)?|arrow_function|method_(definition|declaration)|constructor_declaration|func_literal|lambda(_expression)?|closure_expression|local_function_statement)$/;

const classTypes = /^class(_declaration|_definition|_body)?$/;

/** The function around a node; null: it stands outside of all. */
export const functionAround = (node: Node): Node | null =>
  [...ancestorsOf(node)].find(({ type }) => functionTypes.test(type)) ?? null;

const classAround = (node: Node) => [...ancestorsOf(node)].find(({ type }) => classTypes.test(type))?.id;

/** A parameter that a name means, where the function is not given it in its own body. */
export interface Parameter {
  /** The name that the function is called by; that of the class for what makes an object of it. */
  function: string;
  /** It belongs to a class or struct, and is called on an object. */
  isMethod: boolean;
  name: string;
  /** From 0, without the object itself. */
  position: number;
}

/**
 * What a name means at a place: of the expressions that it is given, the one that counts there; or a parameter of a
 * function around; undefined: the file does not tell.
 * @param given in the order of the file
 */
export function meantAt(name: string, at: Node, given: readonly Node[]): Node | Parameter | undefined {
  for (let around = functionAround(at); ; around = functionAround(around)) {
    const own = given.filter((value) => functionAround(value)?.id === around?.id);
    // Inside of a function only what stands above counts: in `queue := declare(queue)` it is another one.
    const last = own.filter(({ endIndex }) => !around || endIndex <= at.startIndex).at(-1);
    if (last) return last;
    if (!around) break;
    const position = parametersOf(around).indexOf(name);
    if (position >= 0) return { function: calledAs(around), isMethod: isMethod(around), name, position };
  }
  return /[^\w]/.test(name) ? ofObject(at, given) : given.filter(isAssigned).at(-1);
}

/** Fields are given in other methods, most often of the same class. */
function ofObject(at: Node, given: readonly Node[]): Node | undefined {
  const own = classAround(at);
  return given.filter((value) => classAround(value) === own).at(-1) ?? given.at(-1);
}

/** A name of the whole file may be set in any function; one that a function declares is its own. */
const isAssigned = ({ parent }: Node) => /^assignment_(statement|expression)$/.test(holderOf(parent)?.type ?? '');

const holderOf = (node: Node | null): Node | null => (node?.type === 'expression_list' ? node.parent : node);

const isMethod = (around: Node) =>
  !isConstructor(around) && (around.type.startsWith('method') || classTypes.test(around.parent?.parent?.type ?? ''));

const isConstructor = (around: Node) =>
  around.type === 'constructor_declaration' || /^(__init__|constructor)$/.test(textIn(around, 'name'));

/** What a function is called by in the source; empty: it has no name. */
function calledAs(around: Node): string {
  const name = (around.childForFieldName('name') ?? around.parent?.childForFieldName('name'))?.text ?? '';
  if (!isConstructor(around)) return name;
  const owner = [...ancestorsOf(around)].find(({ type }) => /^class(_declaration|_definition)?$/.test(type));
  return textIn(owner, 'name');
}

function parametersOf(around: Node): string[] {
  const single = around.childForFieldName('parameter');
  const list = around.childForFieldName('parameters');
  const names = single ? [single.text] : (list ? partsOf(list) : []).flatMap(namesOf);
  return names.filter((name) => !/^(self|cls|this)$/.test(name));
}

/** `exchange, queue string` of Go are two. */
function namesOf(parameter: Node): string[] {
  const named = parameter.childrenForFieldName('name');
  if (named.length > 0) return named.map(({ text }) => text);
  const inner = parameter.childForFieldName('pattern') ?? parameter.childForFieldName('left');
  return [(inner ?? partsOf(parameter)[0] ?? parameter).text];
}
