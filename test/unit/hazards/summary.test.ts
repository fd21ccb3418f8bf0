import { expect, it } from 'vitest';
import { passedByRule } from '../../../src/hazards/summary';
import type { BoundKind } from '../../../src/hazards/rule';

it('tells bounds that hold as many places in the same order, whichever thread was first', () => {
  const held = (kind: BoundKind) => ({ rule: 'go/unbounded-spawn', line: 1, kind, bound: 'a bound' });
  const [told] = passedByRule([held('pool'), held('permit'), held('joined'), held('joined')]);
  expect(told?.text).toMatch(/^2 × .*; 1 × .*; 1 × /);
  expect(passedByRule([held('permit'), held('joined'), held('pool'), held('joined')])).toEqual([told]);
});
