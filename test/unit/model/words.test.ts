import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, markdown, plain, shell } from '../../../src/model/escape';
import { count, duration, rate } from '../../../src/model/format';
import { parseQueueId, queueId, queueLabel } from '../../../src/model/identity';

describe('figures read as look.md says', () => {
  it('counts are exact up to 99,999', () => {
    expect([0, 12_430, 99_999, 100_000, 124_400, 999_600, 1_234_567, 12_000_000, -5].map(count)).toEqual([
      '0',
      '12,430',
      '99,999',
      '100 k',
      '124 k',
      '1.0 M',
      '1.2 M',
      '12 M',
      '−5',
    ]);
  });
  it('rates have two digits below 100 and the unit that makes them at least 1', () => {
    expect([0, 1050, 41, 4.13, 0.996, 0.41, 1 / 120, 0.0001, -3].map(rate)).toEqual([
      '0/s',
      '1,050/s',
      '41/s',
      '4.1/s',
      '1/s',
      '25/min',
      '30/h',
      'under 1/h',
      '−3/s',
    ]);
  });
  it('durations are seconds, minutes with seconds, hours, days, never', () => {
    expect([0, 0.42, 45, 260, 600, 8280, 270_000, Infinity].map(duration)).toEqual([
      '0 s',
      '0.4 s',
      '45 s',
      '4 m 20 s',
      '10 m',
      '2.3 h',
      '3.1 d',
      'never',
    ]);
  });
});

describe('the id of a queue', () => {
  it('is its parts, percent-encoded, with the namespace only when it is not the default', () => {
    expect(queueId({ broker: 'main', destination: 'orders', group: 'billing' })).toBe('main/orders/billing');
    expect(queueId({ broker: 'r', namespace: '/', destination: 'a/b~c' })).toBe('r/a%2Fb%7Ec');
    expect(queueId({ broker: 'r', namespace: 'sales', destination: 'q' })).toBe('r/sales~q');
  });
  it('gives its parts back, whatever they are called', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(name, fc.option(name), name, fc.option(name), (broker, namespace, destination, group) => {
        fc.pre(!['/', '0'].includes(namespace ?? ''));
        expect(parseQueueId(queueId({ broker, namespace, destination, group }))).toEqual({
          broker,
          namespace,
          destination,
          group,
        });
      }),
    );
  });
  it('is read by a person as destination › group', () => {
    expect(queueLabel({ destination: 'orders', group: 'billing', namespace: '/' })).toBe('orders › billing');
  });
});

describe('text from outside', () => {
  const evil = '"><img src=x onerror=alert(1)>';
  it('is text in HTML and Markdown', () => {
    expect(html(evil)).not.toMatch(/[<>"]/);
    expect(markdown(evil)).not.toMatch(/[<>]/);
    expect(markdown('a|b\n# c')).toBe('a\\|b\\\\u000a\\# c');
  });
  it('shows control characters and direction overrides instead of obeying them', () => {
    expect(plain('a\u001b[31mb\u202e')).toBe('a\\u001b[31mb\\u202e');
  });
  it('is one word for the shell', () => {
    expect(shell('orders')).toBe('orders');
    expect(shell("it's; rm -rf")).toBe(`'it'\\''s; rm -rf'`);
    expect(shell('')).toBe("''");
  });
});
