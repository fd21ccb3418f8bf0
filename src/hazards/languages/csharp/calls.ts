import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf } from '../../syntax';

/** `List` of `List<int>`, the text of other names. */
export const plainName = (name: Node | null): string =>
  name?.type === 'generic_name' ? (partsOf(name)[0]?.text ?? '') : (name?.text ?? '');

/** `Consume` of `consumer.Consume(token)`, `BlockingCollection` of `new BlockingCollection<Job>()`; empty for other nodes. */
export function calleeName(call: Node): string {
  if (call.type === 'object_creation_expression')
    return plainName(call.childForFieldName('type')).split('.').at(-1) ?? '';
  const callee = call.childForFieldName('function');
  if (callee?.type === 'identifier' || callee?.type === 'generic_name') return plainName(callee);
  return plainName(callee?.childForFieldName('name') ?? null);
}

/** What a method is called on; null: it is no method of something. */
export function receiverOf(call: Node): Node | null {
  const callee = call.childForFieldName('function');
  if (callee?.type === 'member_access_expression') return callee.childForFieldName('expression');
  if (callee?.type !== 'conditional_access_expression' && callee?.type !== 'member_binding_expression') return null;
  const access = [...ancestorsOf(callee)].find(({ type }) => type === 'conditional_access_expression');
  return access?.childForFieldName('condition') ?? partsOf(access ?? callee)[0] ?? null;
}

/** `this._queue` is `_queue`, and `?`, `!` are left out; empty: it is no method of something. */
export const receiverText = (call: Node): string =>
  receiverOf(call)
    ?.text.replace(/^this\./, '')
    .replace(/[?!]/g, '') ?? '';

/** Values of the arguments, in their order. */
export const argumentsOf = (call: Node): Node[] =>
  [...argumentNodes(call)].flatMap((argument) => partsOf(argument).at(-1) ?? []);

/** `queue: "jobs"` by its name. */
export function* namedArguments(call: Node): Generator<[string, Node]> {
  for (const argument of argumentNodes(call)) {
    const name = argument.childForFieldName('name')?.text;
    const value = partsOf(argument).at(-1);
    if (name !== undefined && value) yield [name, value];
  }
}

const argumentNodes = (call: Node): Node[] => {
  const list = call.childForFieldName('arguments');
  return list ? partsOf(list).filter(({ type }) => type === 'argument') : [];
};

/** The argument of a name, or at a position of those without. */
export const argument = (call: Node, name: string, position: number): Node | null =>
  new Map(namedArguments(call)).get(name) ?? argumentsOf(call)[position] ?? null;

/** The call whose argument the node is; null: none. */
export function callAround(node: Node): Node | null {
  const list = node.parent?.type === 'argument' ? node.parent.parent : null;
  return list?.type === 'argument_list' ? list.parent : null;
}

/** The outermost expression that only passes the call's result on: `x.ConfigureAwait(false)`, `(x)`. */
export function wholeOf(call: Node): Node {
  const outer = call.parent;
  if (!outer) return call;
  const onward =
    (outer.type === 'member_access_expression' && outer.childForFieldName('expression')?.id === call.id) ||
    (outer.type === 'invocation_expression' && outer.childForFieldName('function')?.id === call.id) ||
    outer.type === 'parenthesized_expression';
  return onward ? wholeOf(outer) : call;
}

/** Does the code wait for the result where it stands, or hand it to who called it? */
export function isWaitedFor(call: Node): boolean {
  const whole = wholeOf(call);
  const rest = whole.text.slice(call.text.length);
  if (/\.(Wait|GetAwaiter|Result|GetResult)\b/.test(rest)) return true;
  const outer = whole.parent;
  if (/^(await_expression|return_statement|arrow_expression_clause)$/.test(outer?.type ?? '')) return true;
  return outer?.type === 'lambda_expression' && outer.childForFieldName('body')?.id === whole.id;
}
