import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { isFunction } from '../../../languages/go/calls';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';

/** Room for the one answer that nobody takes any more, so that the goroutine ends. */
export function roomForOne(place: Node, { flaw }: Growth): Fix | null {
  const around = flaw === 'left-running' ? [...ancestorsOf(place)].find(isFunction) : undefined;
  const [send] = place.descendantsOfType('send_statement');
  const channel = textIn(send, 'channel');
  const [made, ...others] = (around?.descendantsOfType('call_expression') ?? []).filter(
    (call) => /^make\(chan [^,]*(, 0)?\)$/.test(call.text) && isMadeFor(channel, call),
  );
  const [type, size] = made?.childForFieldName('arguments')?.namedChildren ?? [];
  if (!made || !type || others.length > 0) return null;
  const edit = size
    ? { start: size.startIndex, end: size.endIndex, text: '1' }
    : { start: type.endIndex, end: type.endIndex, text: ', 1' };
  return {
    id: 'go/unbounded-spawn/room',
    title: 'Give the channel room for one, so that the goroutine ends',
    edits: [edit],
  };
}

/** `answer := make(chan string)` */
const isMadeFor = (channel: string, call: Node): boolean => {
  const holder = [...ancestorsOf(call)].find(({ type }) => declaring.test(type));
  const left = holder && (holder.childForFieldName('left') ?? holder.childForFieldName('name') ?? partsOf(holder)[0]);
  return channel !== '' && left?.text === channel;
};

const declaring = /^(short_var_declaration|var_spec|assignment_statement)$/;
