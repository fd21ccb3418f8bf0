import { expect, describe, it } from 'vitest';
import { Alarms } from '../../../src/extension/notifications/alarms';
import type { Severity } from '../../../src/model/report';

const minute = 60_000;

describe('notifications', () => {
  const nobody = new Set<string>();
  const play = (severities: readonly Severity[], stepMs = minute, muted: ReadonlySet<string> = nobody) => {
    const alarms = new Alarms();
    return severities.map((severity, n) => alarms.note([{ id: 'b/q', severity }], muted, n * stepMs).length);
  };

  it('come when a queue becomes critical, not while it stays so', () => {
    expect(play(['ok', 'warning', 'critical', 'critical', 'warning'])).toEqual([0, 0, 1, 0, 0]);
  });

  it('do not come for what was critical when it was first seen', () => {
    expect(play(['critical', 'critical'])).toEqual([0, 0]);
  });

  it('come at most once an hour for a queue that goes to and fro', () => {
    expect(play(['ok', 'critical', 'ok', 'critical'])).toEqual([0, 1, 0, 0]);
    expect(play(['ok', 'critical', 'ok', 'critical'], 31 * minute)).toEqual([0, 1, 0, 1]);
  });

  it('do not come for a muted queue', () => {
    expect(play(['ok', 'critical'], minute, new Set(['b/q']))).toEqual([0, 0]);
  });

  it('begin anew for a broker that was away', () => {
    const alarms = new Alarms();
    alarms.note([{ id: 'b/q', severity: 'ok' }], nobody, 0);
    alarms.forget(() => false);
    expect(alarms.note([{ id: 'b/q', severity: 'critical' }], nobody, 1)).toEqual([]);
  });
});
