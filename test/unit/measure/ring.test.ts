import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Slot } from '../../../src/measure/columns';
import { Ring } from '../../../src/measure/ring';
import { queueRow } from './rows';

/** Sweeps of queues that come and go. */
const sweeps = fc.array(
  fc.record({ pause: fc.integer({ min: 1, max: 20 }), queues: fc.subarray(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) }),
  { minLength: 1, maxLength: 50, size: 'max' },
);

/** Are the figures at that sweep those it was added with? */
function isAsItWas(ring: Ring, { at, place }: Slot, seen: ReadonlyMap<number, readonly string[]>): boolean {
  const listed = [...ring.columns].filter(([, columns]) => columns.isListed(place));
  const right = listed.every(([id, columns]) => {
    const consumed = columns.value('consumed', place);
    return columns.value('backlog', place) === at && (id === 'a' ? Number.isNaN(consumed) : consumed === at / 2);
  });
  const names = listed.map(([id]) => id).sort();
  return right && names.join() === seen.get(at)?.join();
}

it('a ring never outgrows its memory or its time, reaches back to the beginning, and keeps every figure as it was', () => {
  fc.assert(
    fc.property(sweeps, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 4, max: 40 }), (all, bytes, most) => {
      const keepMs = 300;
      const ring = new Ring({ sweeps: most, bytes, keepMs });
      const seen = new Map<number, string[]>();
      let at = 0;
      for (const { pause, queues } of all) {
        at += pause;
        ring.add(
          at,
          queues.map((id) => queueRow(id, { backlog: at, consumed: id === 'a' ? null : at / 2 })),
          {},
        );
        seen.set(at, queues);
        const times = ring.slots.map((slot) => slot.at);
        // Four sweeps of eight queues are always kept.
        const fits = times.length <= most && ring.bytes <= Math.max(bytes, 4 * 8 * 17);
        const spans = times.at(-1) === at && (times[0] ?? 0) >= at - keepMs;
        const inOrder = times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0));
        expect([fits, spans, inOrder, ring.slots.every((slot) => isAsItWas(ring, slot, seen))]).toEqual(
          Array(4).fill(true),
        );
      }
      if (at <= keepMs) expect(ring.slots[0]?.at).toBe(all[0]?.pause);
    }),
    { numRuns: 40 },
  );
});
