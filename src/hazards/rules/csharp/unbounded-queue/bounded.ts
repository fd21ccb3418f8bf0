import type { Node } from 'web-tree-sitter';
import type { Edit, Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, isWaitedFor, receiverOf } from '../../../languages/csharp/calls';
import { CsharpFile, isFunction } from '../../../languages/csharp/file';
import { callsOn, heldBy } from '../../../languages/csharp/queues';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf } from '../../../syntax';

const size = 1000;

/** A size, where whoever puts waits: `TryWrite`, `TryAdd` and `Post` would fail where nobody looks. */
export function bounded(place: Node, _growth: Growth, text: string): Fix | null {
  const file = new CsharpFile([...ancestorsOf(place)].at(-1) ?? place);
  const name = heldBy(place);
  if (name === null || argumentsOf(place).length > 0) return null;
  if (/\.(TryWrite|TryAdd|Post)\(/.test(text) || !canWait(name, place, file)) return null;
  const edits = calleeName(place) === 'CreateUnbounded' ? channelEdits(place, text) : sizeEdits(place);
  return edits && { id: 'csharp/unbounded-queue/bounded', title: `Let putting wait when ${size} are in it`, edits };
}

/** Each put is waited for, holds no lock, and is not done by whoever takes. */
function canWait(name: string, place: Node, file: CsharpFile): boolean {
  const takes = callsOn(name, place, file, /^(Try)?(Take|Read\w*|GetConsumingEnumerable|Receive\w*)$/);
  const takers = new Set(takes.map((each) => taskOf(each)));
  return callsOn(name, place, file, /^(WriteAsync|Add)$/).every(
    (put) =>
      (calleeName(put) === 'Add' || isWaitedFor(put)) &&
      !takers.has(taskOf(put)) &&
      ![...ancestorsOf(put)].some(({ type }) => type === 'lock_statement'),
  );
}

const taskOf = (node: Node) => [...ancestorsOf(node)].find(isFunction)?.id;

/** `Channel.CreateBounded<Job>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.Wait })` */
function channelEdits(place: Node, text: string): Edit[] | null {
  const name = place.childForFieldName('function')?.childForFieldName('name');
  const list = place.childForFieldName('arguments');
  const identifier = name && partsOf(name)[0];
  if (!identifier || !list) return null;
  const space =
    /^\s*(global )?using System\.Threading\.Channels;/m.test(text) || receiverOf(place)?.text === 'Channel'
      ? ''
      : 'System.Threading.Channels.';
  const options = `new ${space}BoundedChannelOptions(${size}) { FullMode = ${space}BoundedChannelFullMode.Wait }`;
  return [
    { start: identifier.startIndex, end: identifier.endIndex, text: 'CreateBounded' },
    { start: list.startIndex + 1, end: list.startIndex + 1, text: options },
  ];
}

/** `new BlockingCollection<Job>(1000)` */
function sizeEdits(place: Node): Edit[] | null {
  const list = place.childForFieldName('arguments');
  if (!list || calleeName(place) !== 'BlockingCollection') return null;
  return [{ start: list.startIndex + 1, end: list.startIndex + 1, text: String(size) }];
}
