import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader, Writer } from '../../../src/measure/kafka/bytes';
import { chunks, each } from '../../../src/measure/kafka/chunks';
import { choose, listGroups } from '../../../src/measure/kafka/wire';
import { describeGroups } from '../../../src/measure/kafka/wireMembers';

describe('the bytes of Kafka’s protocol', () => {
  it('come back as they were written', () => {
    const varint = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const offset = fc.integer({ min: -2, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(
        varint,
        offset,
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string()),
        (small, large, text, list) => {
          const out = new Writer().unsignedVarint(small).int64(large).string(text).compactString(text);
          out.array(list, (item) => out.string(item)).compactArray(list, (item) => out.compactString(item));
          const answer = new Reader(out.buffer);
          expect(answer.unsignedVarint()).toBe(small);
          expect(answer.int64()).toBe(large);
          expect(answer.string()).toBe(text);
          expect(answer.compactString()).toBe(text);
          expect(answer.array(() => answer.string())).toEqual(list);
          expect(answer.compactArray(() => answer.compactString())).toEqual(list);
        },
      ),
    );
  });

  it('come back whole when a request outgrows the room it began with', () => {
    const [topics, numbers] = [Array.from({ length: 500 }, (_, i) => `topic-${i}`), [1, 2, 3]];
    const out = new Writer();
    out.array(topics, (topic) => {
      out.string(topic).array(numbers, (n) =>
        out
          .int8(n)
          .int16(n)
          .int32(n)
          .int64(n)
          .unsignedVarint(n * 1000),
      );
    });
    const answer = new Reader(out.buffer);
    const number = () => [answer.int8(), answer.int16(), answer.int32(), answer.int64(), answer.unsignedVarint()];
    const back = answer.array(() => [answer.string(), answer.array(number)]);
    expect(back).toEqual(topics.map((topic) => [topic, numbers.map((n) => [n, n, n, n, n * 1000])]));
  });

  it('are read to the field after tagged fields that nobody knows', () => {
    const out = new Writer().unsignedVarint(2).unsignedVarint(0).unsignedVarint(3).int8(1).int16(2);
    out.unsignedVarint(7).unsignedVarint(1).int8(9).int32(42);
    const answer = new Reader(out.buffer);
    answer.tagged(null);
    expect(answer.int32()).toBe(42);
  });

  it('end in an error, not in rubbish, when an answer is cut off', () => {
    expect(() => listGroups(5).decode(new Reader(Buffer.from([0, 0, 0, 0, 0, 0, 0, 9])))).toThrow(RangeError);
  });

  it('of a member’s own making cannot break a sweep', () => {
    const out = new Writer().int32(0).int32(1);
    out.int16(0).string('g').string('Stable').string('consumer').string('range').int32(1);
    out.string('m').string('app').string('/h');
    for (let i = 0; i < 2; i++) out.int32(3).int8(0).int8(1).int8(2);
    const [group] = describeGroups(['g']).decode(new Reader(out.buffer));
    expect(group?.members).toEqual([{ id: 'm', client: 'app', host: '/h', subscribed: null, assigned: [] }]);
  });
});

describe('the version of a request', () => {
  it('is the best of ours that the broker offers, and none when it offers none of ours', () => {
    expect(choose({ 16: { minVersion: 0, maxVersion: 5 } }, 16, [2, 4, 5])).toBe(5);
    expect(choose({ 16: { minVersion: 0, maxVersion: 3 } }, 16, [2, 4, 5])).toBe(2);
    expect(choose({ 9: { minVersion: 5, maxVersion: 7 } }, 9, [3, 8])).toBeNull();
    expect(choose({}, 69, [0, 1])).toBeNull();
  });
});

describe('work in chunks', () => {
  it('never weighs more than asked, keeps order and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 })), fc.integer({ min: 50, max: 200 }), (weights, size) => {
        const runs = chunks(weights, size, (weight) => weight);
        expect(runs.flat()).toEqual(weights);
        for (const run of runs) expect(run.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(size);
      }),
    );
  });

  it('runs no more at once than asked and lets others through between', async () => {
    let [now, most, turns] = [0, 0, 0];
    // No timer: all of it may be over within the millisecond that the shortest takes.
    const others = () => {
      turns++;
      next = setImmediate(others);
    };
    let next = setImmediate(others);
    await each(Array.from({ length: 200 }), 3, async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
    });
    clearImmediate(next);
    expect(most).toBe(3);
    expect(turns).toBeGreaterThan(0);
  });
});
