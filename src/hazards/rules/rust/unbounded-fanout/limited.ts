import type { Node } from 'web-tree-sitter';
import { newlineOf, type Edit, type Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, pathOf } from '../../../languages/rust/calls';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';

const limit = 8;

/** `join_all(x)` as a stream of which eight run at once; the results keep their order. */
export function buffered(place: Node, _growth: Growth, text: string): Fix | null {
  const [works] = argumentsOf(place);
  const callee = place.childForFieldName('function');
  const path = pathOf(place);
  const crate = /\b(futures(?:_util)?)::/.exec(text)?.[1];
  if (!works || !callee || crate === undefined || !/(^|::)(try_)?join_all$/.test(path)) return null;
  // Its methods have the same names, and it has fewer.
  if (/\btokio_stream::[^;]*StreamExt\b/.test(text)) return null;
  const tries = path.endsWith('try_join_all');
  const last = tries ? 'try_collect' : 'collect';
  return {
    id: 'rust/unbounded-fanout/buffered',
    title: `Run at most ${limit} at once (buffered)`,
    edits: [
      ...imported(place, crate, tries ? ['StreamExt', 'TryStreamExt'] : ['StreamExt'], text),
      { start: callee.startIndex, end: callee.endIndex, text: `${crate}::stream::iter` },
      {
        start: place.endIndex,
        end: place.endIndex,
        text: `.buffered(${limit}).${last}::<Vec<_>>()`,
      },
    ],
  };
}

/** `for_each_concurrent(None, …)` and `buffer_unordered(usize::MAX)` with a number. */
export function limited(place: Node): Fix | null {
  const [given] = argumentsOf(place);
  if (!given || !/concurrent$|^(try_)?buffer/.test(calleeName(place))) return null;
  const edits = [{ start: given.startIndex, end: given.endIndex, text: String(limit) }];
  return { id: 'rust/unbounded-fanout/limited', title: `Run at most ${limit} at once`, edits };
}

/** `use futures::StreamExt;` above the first `use`, where the file has not got it. */
function imported(place: Node, crate: string, traits: readonly string[], text: string): Edit[] {
  const root = [...ancestorsOf(place)].at(-1);
  const first = root?.namedChildren.find(({ type }) => type === 'use_declaration');
  const missing = traits.filter((each) => !new RegExp(`\\b${each}\\b|${crate}::prelude::\\*`).test(text));
  const start = first?.startIndex ?? 0;
  return missing.length === 0
    ? []
    : [{ start, end: start, text: missing.map((each) => `use ${crate}::${each};${newlineOf(text)}`).join('') }];
}
