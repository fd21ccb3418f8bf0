import type { Rule } from '../../../rule';
import { imports } from '../../../languages/java/imports';
import { allOf } from '../../../words';
import { failing } from './failing';
import { sized } from './sized';
import { doubtText } from '../../sentences';

/** A reactive stage that keeps what its reader has not asked for. */
export const unboundedBuffer: Rule = {
  id: 'java/unbounded-buffer',
  title: 'A reactive buffer without a size',
  help: '`onBackpressureBuffer()` without a size, `Flux.create` without a strategy for overflow, a unicast sink, `replay().all()` and `flatMap` with Integer.MAX_VALUE ask for everything at once and keep what the reader has no room for: the backpressure of the stream ends there. Give the buffer a size and say what happens when it is full (`onBackpressureBuffer(n, BufferOverflowStrategy.DROP_OLDEST)`), or let flatMap run a fixed number.',
  words: allOf(
    imports('reactor', 'io.reactivex'),
    /\bonBackpressureBuffer\(|\.all\(\s*\)|\bInteger\.MAX_VALUE\b|\bFlux\s*\.\s*(<[^>]*>)?create\(/,
  ),
  query: `
    (method_invocation
      name: (identifier) @name (#any-of? @name "onBackpressureBuffer" "all" "flatMap" "create")) @place`,
  growth: 'buffer',
  bounds: ['limited'],
  // Who subscribes, and how fast, is mostly elsewhere: 6 of 17 reports that promised more were right (docs/rules.md).
  severityOf: () => 'low',
  diagnosticFrom: 'high',
  messageOf: ({ evidence, doubt }) =>
    `Here the backpressure of the stream ends: ${evidence[0] ?? ''}, and that has no size. When the reader is slower, it grows without end.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: buffer without a size',
  fixes: [sized, failing],
};
