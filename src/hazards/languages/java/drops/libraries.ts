import type { Node } from 'web-tree-sitter';
import { placeOf } from '../../../syntax';
import { allOf, anyOf, naming } from '../../../words';
import { imports } from '../imports';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';

/** A call of a library that throws away what there is no room for. */
interface Drop {
  call: RegExp;
  imports: RegExp;
  /** Its arguments, as they stand; absent: any. */
  given?: RegExp;
  what: string;
}

const streams = /^(reactor\.core|io\.reactivex|rx|io\.smallrye\.mutiny|org\.reactivestreams)\b/;

/** What the documentation of the libraries says about them. */
const drops: readonly Drop[] = [
  { call: /^tryPublish(Event|Events)?$/, imports: /^com\.lmax\.disruptor\b/, what: 'the event that finds no room in the ring is not published' }, // prettier-ignore
  { call: /^tryEmitNext$/, imports: /^reactor\.core\b/, what: 'the element that finds no room, or no subscriber, is not emitted' }, // prettier-ignore
  { call: /^onBackpressureDrop$/, imports: streams, given: /^$/, what: 'the elements that nobody has asked for yet are thrown away' }, // prettier-ignore
  { call: /^onBackpressureBuffer$/, imports: streams, given: /^[^,]+,\s*[\w.]*\bDROP_(OLDEST|LATEST)$/, what: 'the elements that the full buffer has no room for are thrown away' }, // prettier-ignore
  { call: /^create$/, imports: streams, given: /\b(OverflowStrategy|BackpressureStrategy)\.DROP$/, what: 'the elements that nobody has asked for yet are thrown away' }, // prettier-ignore
];

/** A round of a timer that finds the last one still at work is better left out. */
const ofTimer = /\b(interval|ticks?|timer)\s*\(/;

/** What a call of a library throws away; null: it is none that is known, or somebody is told. */
export function droppedByLibrary(call: Node, file: JavaFile): string | null {
  if (call.type !== 'method_invocation') return null;
  const name = calleeName(call);
  const given = argumentsOf(call)
    .map(({ text }) => text)
    .join(', ');
  const found = drops.find((each) => each.call.test(name) && each.given?.test(given) !== false);
  // A sink for one reader without a size takes all until it ends.
  if (name === 'tryEmitNext' && !/\b(multicast|replay|onBackpressureError)\(\)/.test(file.text)) return null;
  if (!found || !file.importsAny(found.imports) || ofTimer.test(receiverText(call))) return null;
  return `${placeOf(call)}: ${found.what}`;
}

/** Words of files that make such a call. */
export const libraryDropWords = anyOf(
  allOf(naming('Execut'), naming('rejectedExecution(')),
  allOf(
    imports('disruptor', 'reactor.core', 'io.reactivex', 'rx.', 'mutiny', 'reactivestreams'),
    anyOf(
      naming('.tryPublishEvent(', '.tryEmitNext(', '.onBackpressureDrop()', 'Strategy.DROP'),
      allOf(naming('.onBackpressureBuffer('), naming('DROP_OLDEST', 'DROP_LATEST')),
    ),
  ),
);
