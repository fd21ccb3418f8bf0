import type { Node } from 'web-tree-sitter';
import { ancestorsOf } from '../syntax';

const loops = /^(for|foreach|while|do|loop)_(statement|expression)$/;

/** Code that runs by itself, in every language. */
const code = /^(func|function|method|constructor|local_function|closure|async|lambda|anonymous_method)_/;

/**
 * The outermost loop around a loop in the same function: a semaphore that each turn of an outer one makes anew does not
 * count what runs since the last.
 */
export function outermost(loop: Node): Node {
  const around = [...ancestorsOf(loop)];
  const end = around.findIndex(({ type }) => code.test(type) || type === 'lambda');
  return around.slice(0, end < 0 ? around.length : end).findLast(({ type }) => loops.test(type)) ?? loop;
}
