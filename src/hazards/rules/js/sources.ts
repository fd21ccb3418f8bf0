import type { Node } from 'web-tree-sitter';
import { boundTo, callTaking, isFunction, receiverOf } from '../../languages/js/file';
import type { Growth } from '../../rule';
import { ancestorsOf, contains } from '../../syntax';

/** What the stream is called at a place that its `data` event repeats; null: something else there, or it is no stream. */
export function streamAt(place: Node, { source, turns }: Growth, text: string): string | null {
  const name = /^([\w.]+)\.on\('data'\)$/.exec(source)?.[1];
  const listener = turns[0]?.repeated;
  const call = listener && callTaking(listener);
  if (name === undefined || !listener || isPlainEmitter(name, text)) return null;
  const around = [...ancestorsOf(place)].find((each) => isFunction(each) && each.type !== 'arrow_function');
  if (!/^this\b/.test(name) || !around || !contains(listener, around) || boundTo(listener).id !== listener.id)
    return name;
  // An emitter calls a listener of its own `this` as a method of itself.
  return call && around.id === listener.id && receiverOf(call)?.text === name ? 'this' : null;
}

/** Is it made as an emitter that is no stream, and so cannot be paused? */
export const isPlainEmitter = (path: string, text: string): boolean =>
  new RegExp(`\\b${/\w+$/.exec(path)?.[0] ?? ''}\\b[^=\\n]*= new ([\\w$]+\\.)*EventEmitter\\(`).test(text);
