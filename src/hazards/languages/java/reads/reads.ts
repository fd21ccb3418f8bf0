import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf, oneLine, placeOf } from '../../../syntax';
import { streamReadWhole } from './bodies';
import { annotationName, annotationsOf, argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { readToEnd } from '../collections/gathered';
import { perItem } from '../growth';
import { callsOn, holderOf } from '../held';
import { libraryReadOf } from './libraryReads';
import { endlessLength } from './endlessLengths';
import { arrivingIn, handsOnFiles, looksAtLength } from './streams';
import { endlessLine } from './socketLines';
import { toldLength } from './toldLengths';

/** More records than this in one poll are taken for no limit. */
const manyRecords = 10_000;

/** A read that brings all there is. */
export function readOf(call: Node, file: JavaFile): Growth | null {
  switch (calleeName(call)) {
    case 'xReadParams':
    case 'xReadGroupParams':
      return read(call, 'stream', `\`${calleeName(call)}\` on line ${lineOf(call)} asks for all that the stream holds`);
    case 'findAll':
      return wholeTable(call, file);
    case 'put':
    case 'setProperty':
      return hugePoll(call, file);
    case 'write':
    case 'append':
      return readToEnd(call, file, false);
    default:
      return (
        ofOthers(call, file) ??
        ofLibrary(call, file) ??
        ofFile(call, file) ??
        ofLength(call, file) ??
        ofLine(call, file)
      );
  }
}

/** `repository.findAll()` in a listener or a timer: the table grows, the memory for it does not. */
function wholeTable(call: Node, file: JavaFile): Growth | null {
  if (!/repo(sitory)?$|dao$/i.test(receiverText(call))) return null;
  const method = file.methodAround(call);
  const names = method ? annotationsOf(method.node).map(annotationName) : [];
  // The answer to a request, which anybody may ask for again and again.
  if (names.some((each) => /^(Get|Request)Mapping$|^GET$/.test(each)) && argumentsOf(call).length === 0)
    return {
      ...read(call, receiverText(call), `${placeOf(call)} brings the whole table`),
      doubt: 'how long the table is',
    };
  const timed = method && names.includes('Scheduled');
  const found = timed ? null : perItem(call, file);
  if (!timed && found?.unit !== 'message') return null;
  const when = timed
    ? `\`${method.name}\` (line ${lineOf(method.node)}) is run by a timer`
    : (found?.evidence[0] ?? '');
  const growth = read(call, receiverText(call), `${placeOf(call)} brings the whole table`);
  return { ...growth, evidence: [when, ...growth.evidence] };
}

/** `IOUtils.toByteArray(new GZIPInputStream(in))`, `EntityUtils.toString(response.getEntity())`: others say how much that is. */
function ofOthers(call: Node, file: JavaFile): Growth | null {
  const stream = streamReadWhole(call, file);
  const arriving = stream ? arrivingIn(stream, file) : null;
  if (!stream || !arriving) return null;
  const step = `${placeOf(call)} holds ${arriving.what}`;
  return { ...read(call, oneLine(stream), step), doubt: arriving.doubt };
}

/** `Files.readAllBytes(video)`: who wants it handed on says how large it is. */
function ofFile(call: Node, file: JavaFile): Growth | null {
  const isRead = /^Files\.(readAllBytes|toByteArray)$|\.readFileToByteArray$/.test(
    `${receiverText(call)}.${calleeName(call)}`,
  );
  if (!isRead || !handsOnFiles(call, file) || looksAtLength(file.methodAround(call)?.node)) return null;
  const step = `${placeOf(call)} holds the whole file`;
  return { ...read(call, oneLine(call), step), doubt: 'how large the files are' };
}

/** `HttpResponse.BodyHandlers.ofString()`: what the documentation of a library says of such a call. */
function ofLibrary(call: Node, file: JavaFile): Growth | null {
  const found = call.type === 'method_invocation' ? libraryReadOf(call, file) : null;
  if (!found || looksAtLength(file.methodAround(call)?.node)) return null;
  const step = `${placeOf(call)} holds ${found.what}`;
  return { ...read(call, oneLine(call), step), doubt: found.doubt };
}

/** `new HttpObjectAggregator(Integer.MAX_VALUE)`, `new byte[in.readInt()]`: peers say how much is held. */
function ofLength(call: Node, file: JavaFile): Growth | null {
  if (call.type === 'array_creation_expression') {
    const told = toldLength(call, file);
    const step = `${placeOf(call)} is as long as ${told ?? ''} says, and nothing compares that with a limit`;
    return told === null ? null : { ...read(call, told, step), doubt: 'whether the peer can be trusted' };
  }
  const endless = endlessLength(call, file);
  if (endless === null) return null;
  const step = `${placeOf(call)} lets what a peer sends be of any length (\`${endless}\`)`;
  return { ...read(call, calleeName(call), step), doubt: 'whether something else limits what peers send' };
}

/** `reader.readLine()` of a socket. */
function ofLine(call: Node, file: JavaFile): Growth | null {
  const opened = endlessLine(call, file);
  if (opened === null || looksAtLength(file.methodAround(call)?.node)) return null;
  const step = `${opened}, and ${placeOf(call)} holds all that comes until a line ends`;
  return { ...read(call, receiverText(call), step), doubt: 'whether the peer can be trusted to end its lines' };
}

/** `max.poll.records` beyond what anybody means to hold at once. */
function hugePoll(call: Node, file: JavaFile): Growth | null {
  const [key, value] = argumentsOf(call);
  const records = /^\d[\d_]*$/.test(value?.text ?? '') ? Number(value?.text.replaceAll('_', '')) : 0;
  const huge = records > manyRecords || value?.text === 'Integer.MAX_VALUE';
  if (!huge || !/MAX_POLL_RECORDS_CONFIG$|^"max\.poll\.records"$/.test(key?.text ?? '')) return null;
  if (!file.importsAny(/kafka/)) return null;
  return read(call, 'poll', `${placeOf(call)} lets one poll bring ${value?.text ?? ''} records`);
}

const read = (call: Node, source: string, step: string): Growth => ({
  unit: 'call',
  source,
  evidence: [step],
  turns: [{ place: call, repeated: call }],
  settledEarly: null,
});

/** A count or a page that is asked for. */
export function limitOf(call: Node, file: JavaFile): string | null {
  const [first] = argumentsOf(call);
  if (calleeName(call) === 'findAll' && first) return `a part at a time (\`${oneLine(first)}\`)`;
  let last = call;
  for (; last.parent?.type === 'method_invocation'; last = last.parent)
    if (calleeName(last.parent) === 'count') return `\`${oneLine(last.parent)}\``;
  const holder = holderOf(last, file);
  const count = holder && callsOn(holder, /^count$/)[0];
  return count ? placeOf(count) : null;
}
