import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pauses } from '../../src/diagnose/pauses';
import { LiveDiagnosis } from '../../src/diagnose/queues';
import { defaultObjectives } from '../../src/model/pipeline';
import { counted, watched, type QueueOverTime } from '../harness/observations';

/** Reads each 10 s a consumer that finishes everything each so many seconds. */
function watch(pauses: Pauses, periodSeconds: number, from: number, to: number): void {
  for (let second = from; second <= to; second += 10) {
    pauses.add(second * 1000, Math.floor(second / periodSeconds), true);
  }
}

describe('the pauses of a consumer', () => {
  it('are learnt within three periods, whatever the period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 800 }), (period) => {
        const pauses = new Pauses();
        watch(pauses, period, 0, 3 * period + 10);
        expect(pauses.usualMs((3 * period + 10) * 1000) / 1000).toBeGreaterThanOrEqual(period - 10);
        expect(pauses.usualMs((3 * period + 10) * 1000) / 1000).toBeLessThanOrEqual(period + 10);
      }),
    );
  });

  it('are none where something is finished at every look', () => {
    const pauses = new Pauses();
    watch(pauses, 5, 0, 3600);
    expect(pauses.usualMs(3_600_000)).toBe(0);
  });

  it('do not make a habit of outages, not even of two within the hour', () => {
    const pauses = new Pauses();
    for (let second = 0; second <= 7200; second += 10) {
      const away = (second > 600 && second < 1200) || (second > 4800 && second < 5400);
      pauses.add(second * 1000, away ? (second > 3000 ? 480 : 60) : second / 10, true);
      expect(pauses.usualMs(second * 1000)).toBe(0);
    }
  });

  it('do not count while nothing waits, nor what a clock that is set forward leaps over', () => {
    const idle = new Pauses();
    for (let second = 0; second <= 3600; second += 10) idle.add(second * 1000, 7, false);
    expect(idle.stillMs).toBe(0);
    const leapt = new Pauses();
    for (const second of [0, 10, 20, 30, 3630, 3640]) leapt.add(second * 1000, second < 20 ? second : 20, true);
    expect(leapt.stillMs).toBe(50_000);
  });
});

/** 10/s arrive; everything is finished at once each five minutes, until it dies. */
const eachFiveMinutes =
  (diesAt: number, consumers: (working: boolean) => number): QueueOverTime =>
  (seconds) => {
    const worked = Math.floor((Math.min(seconds, diesAt) + 130) / 300) * 300 - 130;
    const reading = { destination: 'batch', consumers: consumers(seconds - worked < 20 && seconds < diesAt) };
    return counted(reading, 10 * seconds + 1300, 10 * Math.max(0, worked) + (worked >= 0 ? 1300 : 0));
  };

describe.each([
  ['that stays connected', () => 1],
  ['that connects only to work', (working: boolean) => (working ? 1 : 0)],
] as const)('a consumer that works each five minutes and %s', (_, consumers) => {
  const changes = (diesAt: number, seconds: number) => {
    const live = new LiveDiagnosis();
    const [series] = watched([eachFiveMinutes(diesAt, consumers)], { seconds, every: 10 }).queues;
    return Array.from(series!.at, (now, i) => {
      const columns = (['at', 'backlog', 'produced', 'consumed'] as const).map((name) => [
        name,
        series![name].slice(0, i + 1),
      ]);
      const latest = eachFiveMinutes(diesAt, consumers)(i * 10)!;
      const seen = { ...series!, latest, ...(Object.fromEntries(columns) as object) };
      return [...live.judge([seen], { objectives: defaultObjectives, now })][0]!;
    });
  };

  it('is no alarm after three periods', () => {
    const late = changes(Infinity, 7200).slice(90);
    expect(late.filter(({ severity }) => severity === 'warning' || severity === 'critical')).toEqual([]);
  });

  it('is missed once it is three periods late, and the reason says what is usual', () => {
    const reports = changes(3600, 7200);
    const found = reports.findIndex(({ severity }, i) => i > 360 && severity === 'critical');
    expect(found * 10).toBeLessThanOrEqual(3600 + 1000);
    const last = reports.at(-1)!;
    if (consumers(false) === 1)
      expect(last.reason).toMatch(/Nothing was finished in .*, and 5 m is usual|Nothing was finished in/);
    else expect(last).toMatchObject({ state: 'no-consumer', severity: 'critical' });
  });
});
