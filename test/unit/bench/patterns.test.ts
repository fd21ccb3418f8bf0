import { expect, it } from 'vitest';
import { ruleIds } from '../../../src/hazards/rules/all';
import { patterns } from '../../bench/rules/patterns';

/** Languages in which other scanners are asked for the same. */
const compared = ruleIds().filter((id) => /^(go|js|py|java)\//.test(id));

it('Other scanners are asked for what each rule looks at, and for nothing else', () => {
  expect(new Set(patterns.map(({ rule }) => rule))).toEqual(new Set(compared));
});
