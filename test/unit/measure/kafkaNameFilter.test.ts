import { describe, expect, it } from 'vitest';
import { NameFilter } from '../../../src/measure/kafka/nameFilter';

const numbered = (n: number) => Array.from({ length: n }, (_, i) => `topic-${i}`);

describe('names chosen by a regular expression', () => {
  it('are those in which it is found, also of names that come later', () => {
    const filter = new NameFilter('topics', '-1[0-9]*$');
    expect([...filter.choose(numbered(12))]).toEqual(['topic-1', 'topic-10', 'topic-11']);
    expect([...filter.choose(['topic-2', 'topic-1', 'topic-100', 'order'])]).toEqual(['topic-1', 'topic-100']);
    expect([...filter.choose([])]).toEqual([]);
  });

  it('may be ten thousand', () => {
    expect(new NameFilter('groups', '^topic-.*7$').choose(numbered(10_000)).size).toBe(1000);
  });

  it('hold nobody up for long, and only once, when the expression explodes on one of them', () => {
    const filter = new NameFilter('topics', '^(a+)+$');
    expect([...filter.choose(['aaa'])]).toEqual(['aaa']);
    for (const mostMs of [5000, 500]) {
      const began = performance.now();
      expect(() => filter.choose([`${'a'.repeat(60)}b`])).toThrow('topics=^(a+)+$ takes too long');
      expect(performance.now() - began).toBeLessThan(mostMs);
    }
  });
});
