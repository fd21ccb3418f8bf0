import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf } from '../../../syntax';
import {
  argumentsOf,
  calleeName,
  callTaking,
  escaped,
  isClass,
  isFunction,
  receiverOf,
  type SourceFile,
} from '../file';
import { givenTo, orMeanwhile, passedOn } from '../arrivals/given';

/** Functions in which whoever reads asks for more. */
const asked = /^_?(read(_\w+)?|pull|transform|flush|write|writev|final)$/;

/** Those that only bring what is read. */
export const reading = /^_(read(_\w+)?|pull)$/;

/** What is called so may be a stream that others read. */
const named = /(^|[._])(\w*stream|readable|duplex|proxy)$/i;
const madeHere = 'new (\\w+\\.)?(Readable|Duplex|Transform|PassThrough)\\b|\\bduplexify\\b|\\.prototype\\._read\\b';

/** `this.push(chunk)` of a Readable, `controller.enqueue(chunk)` of a web stream, outside of what its reader asks for. */
export function filledAhead(place: Node, call: Node, file: SourceFile, perItem: () => Growth | null): Growth | null {
  const [value] = argumentsOf(call);
  const sink = receiverOf(call);
  if (!value || !sink || /^(null|undefined|string|number)$/.test(value.type)) return null;
  const fills = calleeName(call) === 'enqueue' ? /controller$/i.test(sink.text) : isReadable(sink, place, file);
  if (!fills || isAskedFor(place, file) || isWhole(place, sink, file)) return null;
  return orMeanwhile(perItem(), () => {
    const found = givenTo(place, [value], file);
    return found && passedOn(place, found, 'puts');
  });
}

/** Is it known to be a Readable, or is it called so in a file that makes one? */
function isReadable(sink: Node, place: Node, file: SourceFile): boolean {
  if (!/^(this|self|that|_this)$/.test(sink.text)) return named.test(sink.text) && file.says(madeHere);
  const around = [...ancestorsOf(place)].find(isClass);
  const heritage = around && partsOf(around).find(({ type }) => type === 'class_heritage');
  if (heritage) return /(Readable|Duplex|PassThrough)\b/.test(heritage.text);
  const owner = file.classAround(place);
  return owner !== null && file.says(`inherits\\(${escaped(owner)}, ([\\w.]+\\.)?(Readable|Duplex|PassThrough)\\b`);
}

/** Does it run because whoever reads a stream asks for more? */
export function isAskedFor(place: Node, file: SourceFile, names = asked): boolean {
  for (const outer of ancestorsOf(place)) {
    if (!isFunction(outer)) continue;
    if (/^(on|addListener)$/.test(calleeName(callTaking(outer) ?? outer))) return false;
    const key = outer.parent?.type === 'pair' ? outer.parent.childForFieldName('key')?.text : undefined;
    if (names.test(file.nameOf(outer) || (key ?? ''))) return true;
  }
  return false;
}

/** Is it ended in the same function: `readable.push(buffer); readable.push(null);`? */
const isWhole = (place: Node, sink: Node, file: SourceFile): boolean =>
  file.text.slice(place.endIndex, file.functionAround(place)?.endIndex).includes(`${sink.text}.push(null)`);

/** What looks whether its reader wants more. @param dropped nobody looks at what this call gives, though it be returned */
export function readerWants(call: Node, dropped: boolean, file: SourceFile): string | null {
  const sink = escaped(receiverOf(call)?.text ?? '');
  const looked =
    calleeName(call) === 'enqueue'
      ? 'desiredSize'
      : `(!|=|${dropped ? '' : 'return|'}if \\()\\s*${sink}\\.push\\(|readableLength`;
  const sign = new RegExp(looked).exec(file.text)?.[0];
  return sign === undefined ? null : `\`${sign}\` is looked at`;
}
