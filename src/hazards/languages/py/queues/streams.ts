import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf } from '../../../syntax';
import { calleeName, keyword, positional, receiverText, type PythonFile } from '../file';

/** Streams and channels inside a program of anyio and trio, whose size has to be given. */
const makers = /^(create_memory_object_stream|open_memory_channel)$/;

/** A size that never holds. */
const endless = /^(?:[\w.]+\.)?inf(?:inity)?$|^float\(["']inf(?:inity)?["']\)$|^sys\.maxsize$/i;

const sending = /^(send|send_nowait)$/;

/** `sender, receiver = create_memory_object_stream(math.inf)`: whoever sends never waits for whoever receives. */
export function endlessStreamOf(made: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  if (!makers.test(makerOf(made))) return null;
  const size = keyword(made, 'max_buffer_size') ?? positional(made)[0];
  if (!size || !endless.test(size.text)) return null;
  const left = made.parent?.type === 'assignment' ? made.parent.childForFieldName('left') : null;
  const sender = left?.namedChildren[0]?.text ?? '';
  const sends = sender === '' ? [] : sendsInto(sender, file);
  for (const send of sends) {
    const growth = perItem(send);
    const step = `${placeOf(send)} sends each into it`;
    if (growth && !growth.open && growth.doubt === undefined)
      return { ...growth, evidence: [...growth.evidence, step] };
  }
  const [send] = sends;
  const source = (send && file.functionAround(send)?.name) ?? `${sender === '' ? 'its sender' : sender}.send`;
  return {
    ...{ unit: 'call', source, settledEarly: null, doubt: 'how often something is sent into it' },
    evidence: [`\`${size.text}\` as its size means that no send waits for whoever receives`],
    turns: [],
  };
}

/** Of `create_memory_object_stream[Item](…)` too. */
const makerOf = (made: Node): string => {
  const callee = made.childForFieldName('function');
  if (callee?.type !== 'subscript') return made.type === 'call' ? calleeName(made) : '';
  return callee.childForFieldName('value')?.text.split('.').at(-1) ?? '';
};

const sendsInto = (sender: string, file: PythonFile): Node[] =>
  file.root.descendantsOfType('call').filter((call) => sending.test(calleeName(call)) && receiverText(call) === sender);
