import type { Node } from 'web-tree-sitter';
import type { Edit, Fix } from '../../../fixes/edits';
import { pathOf } from '../../../languages/rust/calls';
import { canAwait, RustFile } from '../../../languages/rust/file';
import { endsOf, holdersOf, sendsTo } from '../../../languages/rust/queues';
import type { Growth } from '../../../rule';
import { ancestorsOf, textIn } from '../../../syntax';
import { holdsLock } from '../locks';

const size = 1000;

/**
 * A channel with a size, and sends that wait. Offered where the file holds nothing else of the kind, and every send of it
 * can wait.
 */
export function bounded(place: Node, _growth: Growth, text: string): Fix | null {
  const { sender, receiver } = endsOf(place);
  const file = new RustFile([...ancestorsOf(place)].at(-1) ?? place);
  const path = file.fullName(pathOf(place));
  const others = text.match(/\bunbounded(_channel)?\s*(::<[^>]*>)?\(/g)?.length ?? 0;
  const sends = sendsTo(place, file).map(({ node }) => node);
  if (sender === '' || others !== 1 || /\bUnboundedReceiverStream\b|\bWeakUnbounded|\.try_send\(/.test(text))
    return null;
  if (sends.some((send) => holdsLock(send) || textIn(send, 'function').includes('.lock()'))) return null;
  if (waitsForItself(sends, receiver, file)) return null;
  const edits = path.startsWith('tokio::sync::mpsc::') ? tokioEdits(place, file) : othersEdits(place, path, file);
  return edits && { id: 'rust/unbounded-queue/bounded', title: `Let send wait when ${size} are in it`, edits };
}

/** Whoever receives sends too: into a full channel for ever. */
function waitsForItself(sends: readonly Node[], receiver: string, { root, text }: RustFile): boolean {
  const taskOf = (node: Node | null) =>
    node &&
    [...ancestorsOf(node)].find(({ type }) => /^(function_item|closure_expression|async_block)$/.test(type))?.id;
  const takes = [...text.matchAll(new RegExp(`\\b${receiver}\\s*\\.\\s*\\w*recv\\w*\\(`, 'g'))];
  const takers = new Set(takes.map(({ index }) => taskOf(root.descendantForIndex(index))));
  return sends.some((send) => takers.has(taskOf(send)));
}

/** `unbounded_channel()` becomes `channel(1000)`, its types lose their `Unbounded`, and each send is awaited. */
function tokioEdits(place: Node, file: RustFile): Edit[] | null {
  const sends = sendsTo(place, file);
  const types = [...file.text.matchAll(/\bmpsc::Unbounded(?=Sender\b|Receiver\b)/g)];
  const all = file.text.match(/\bUnbounded(Sender|Receiver)\b/g)?.length ?? 0;
  const awaited = sends.every(({ node, name }) => name === 'send' && node.type === 'call_expression' && canAwait(node));
  const callee = textIn(place, 'function');
  // Other names of the sender would no longer wait, and other files have other types.
  const sent = file.text.match(/\.\s*send\(/g)?.length ?? 0;
  if (sent !== sends.length || /\bpub\b[^;{}]*\bUnbounded(Sender|Receiver)\b/.test(file.text)) return null;
  if (!awaited || types.length !== all || !callee.includes('mpsc::unbounded_channel') || passedOn(place, file))
    return null;
  return [
    ...renamed(place, 'unbounded_channel', 'channel'),
    ...types.map(({ index }) => ({ start: index + 6, end: index + 15, text: '' })),
    ...sends.map(({ node }) => ({ start: node.endIndex, end: node.endIndex, text: '.await' })),
  ];
}

/** Of these the types are the same: async-channel waits already, crossbeam and flume block, which only a thread may. */
function othersEdits(place: Node, path: string, file: RustFile): Edit[] | null {
  const sends = sendsTo(place, file);
  const waits = path.startsWith('async_channel::') || sends.every(({ name }) => name === 'send_async');
  const blocks = /^(crossbeam_channel|crossbeam|flume)::/.test(path) && !/\basync\b|\btokio\b/.test(file.text);
  return path.endsWith('::unbounded') && (waits || blocks) ? renamed(place, 'unbounded', 'bounded') : null;
}

/** The callee with another last name, and the size as its argument. */
function renamed(place: Node, from: string, to: string): Edit[] {
  const callee = place.childForFieldName('function');
  const list = place.childForFieldName('arguments');
  const at = callee?.text.lastIndexOf(from) ?? -1;
  if (!callee || !list || at < 0 || !callee.text.slice(0, at).endsWith('::')) return [];
  const start = callee.startIndex + at;
  return [
    { start, end: start + from.length, text: to },
    { start: list.startIndex + 1, end: list.startIndex + 1, text: String(size) },
  ];
}

/** Handed to a function of another file, whose parameter would have another type. */
function passedOn(place: Node, file: RustFile): boolean {
  const { variables } = holdersOf(endsOf(place).sender, place, file);
  return file.root
    .descendantsOfType('identifier')
    .filter(({ text, parent }) => variables.has(text) && parent?.type === 'arguments')
    .some(({ parent }) => {
      const callee = parent?.parent?.childForFieldName('function')?.text ?? '';
      const name = callee.split(/::|\./).at(-1) ?? '';
      return !/^(drop|Some|Ok)$/.test(callee) && !file.functions.some((each) => each.name === name);
    });
}
