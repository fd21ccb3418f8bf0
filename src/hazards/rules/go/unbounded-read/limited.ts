import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf } from '../../../languages/go/calls';
import { clientOf } from '../../../languages/go/clients';
import { partsOf } from '../../../syntax';

const count = 100;

/** `Count: 100` in the arguments of the read, or `http.MaxBytesReader` around the body. */
export function limited(place: Node): Fix | null {
  return place.type === 'composite_literal' ? counted(place) : ended(place);
}

function counted(literal: Node): Fix | null {
  const last = partsOf(literal.childForFieldName('body') ?? literal).at(-1);
  const multiline = literal.text.includes('\n');
  if (last?.type !== 'keyed_element' || multiline) return null;
  return {
    id: 'go/unbounded-read/count',
    title: `Read at most ${count} at once (Count)`,
    edits: [{ start: last.endIndex, end: last.endIndex, text: `, Count: ${count}` }],
  };
}

function ended(call: Node): Fix | null {
  const body = argumentsOf(call).at(-1);
  const client = clientOf(call);
  // Where nobody is answered the limit needs nobody to tell.
  const writer = client?.writer === '_' ? 'nil' : client?.writer;
  if (!writer || !body?.text.endsWith('.Body')) return null;
  return {
    id: 'go/unbounded-read/max-bytes',
    title: 'Read at most 1 MiB of the body (MaxBytesReader)',
    edits: [
      { start: body.startIndex, end: body.startIndex, text: `http.MaxBytesReader(${writer}, ` },
      { start: body.endIndex, end: body.endIndex, text: ', 1<<20)' },
    ],
  };
}
