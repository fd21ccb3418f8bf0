import type { Node } from 'web-tree-sitter';
import { partsOf } from '../../syntax';

/** A call, also one inside a macro, where the grammar sees nothing but tokens. */
export interface Called {
  /** `recv` of `self.rx.recv()`, `spawn` of `tokio::spawn(…)`. */
  name: string;
  /** `self.rx` of `self.rx.recv()`, `tokio` of `tokio::spawn(…)`; empty: none. */
  receiver: string;
  /** The whole call; inside a macro its name alone. */
  node: Node;
}

/** The callee without `::<T>`. */
const calleeOf = (call: Node): Node | null => {
  const callee = call.childForFieldName('function');
  return callee?.type === 'generic_function' ? callee.childForFieldName('function') : callee;
};

/** `recv` of `self.rx.recv()`, `spawn` of `tokio::spawn(…)`; empty for other callees. */
export const calleeName = (call: Node): string => nameOf(calleeOf(call));

function nameOf(callee: Node | null): string {
  if (callee?.type === 'identifier') return callee.text;
  return (callee?.childForFieldName('field') ?? callee?.childForFieldName('name'))?.text ?? '';
}

/** What a method is called on; null: it is no method. */
export const receiverOf = (call: Node): Node | null => calleeOf(call)?.childForFieldName('value') ?? null;

/** `tokio::sync::mpsc` of `tokio::sync::mpsc::channel(…)`, the receiver's text of a method; empty: neither. */
export function qualifierOf(call: Node): string {
  const callee = calleeOf(call);
  return (callee?.childForFieldName('value') ?? callee?.childForFieldName('path'))?.text ?? '';
}

/** The whole path of the callee: `mpsc::channel`; empty for a method. */
export const pathOf = (call: Node): string => {
  const callee = calleeOf(call);
  return callee?.type === 'identifier' || callee?.type === 'scoped_identifier' ? callee.text : '';
};

export const argumentsOf = (call: Node): Node[] => {
  const list = call.childForFieldName('arguments');
  return list ? partsOf(list) : [];
};

/** A call as text tells it, or as tokens of a macro do; null: the node is none. */
export function calledAt(node: Node): Called | null {
  if (node.type === 'call_expression') {
    const name = calleeName(node);
    return name === '' ? null : { name, receiver: qualifierOf(node), node };
  }
  const isCall = node.parent?.type === 'token_tree' && node.nextSibling?.text.startsWith('(');
  return node.type === 'identifier' && isCall ? { name: node.text, receiver: tokensBefore(node), node } : null;
}

/** `self.rx` before `.recv` in a row of tokens. */
function tokensBefore(name: Node): string {
  let found = '';
  let separator = name.previousSibling;
  while (separator && /^(\.|::)$/.test(separator.type)) {
    const owner: Node | null = separator.previousSibling;
    if (!owner || !/^(identifier|self|crate|super)$/.test(owner.type)) break;
    found = `${owner.text}${separator.type}${found}`;
    separator = owner.previousSibling;
  }
  return found.replace(/(\.|::)$/, '');
}

/** Is the future that the call makes awaited where it stands? */
export function isAwaited(call: Node): boolean {
  if (call.type === 'call_expression') return call.parent?.type === 'await_expression';
  const dot = call.nextSibling?.nextSibling;
  return dot?.type === '.' && dot.nextSibling?.text === 'await';
}

/** The call whose argument the node is; null: none. */
export const callAround = (node: Node): Node | null => (node.parent?.type === 'arguments' ? node.parent.parent : null);
