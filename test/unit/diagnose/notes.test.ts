import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/figure';
import { analyzed, type Analyzing } from '../../harness/analyzed';
import { broker, flow, type QueueOverTime } from '../../harness/observations';

const healthy = flow({ destination: 'fine', group: 'w', arrives: 5 });
const notes = (queues: QueueOverTime[], more: Analyzing = {}) =>
  analyzed([healthy, ...queues], null, more).notes.map(({ level, code, text, queue }) => ({
    level,
    code,
    text,
    queue,
  }));
const denied = (destination: string, reason = 'not allowed') =>
  flow({ destination, reading: { backlog: null, waiting: null, missing: { backlog: unknown(reason) } } });
const gone =
  (destination: string): QueueOverTime =>
  (seconds) =>
    seconds < 30 ? flow({ destination, arrives: 5 })(seconds) : null;

describe('the notes on what was measured', () => {
  it('are none where all could be read', () => {
    expect(notes([])).toEqual([]);
  });

  it('say of a broker whether it could be read in part or not at all, and what to do', () => {
    const error = { code: 'denied' as const, message: 'access refused', next: 'grant describe' };
    const brokers = [
      broker('main'),
      broker('half', { state: 'partial', error }),
      broker('away', { state: 'failed', error }),
    ];
    const about = { queue: null };
    expect(notes([], { brokers })).toEqual([
      {
        ...{ level: 'warning', code: 'broker-partial', ...about },
        text: 'half was read in part: access refused. What to do: grant describe.',
      },
      {
        ...{ level: 'error', code: 'broker-failed', ...about },
        text: 'away could not be read: access refused. What to do: grant describe.',
      },
    ]);
  });

  it('repeat what a broker says of its pressure', () => {
    const brokers = [broker('main', { pressure: ['memory alarm', 'disk low'] })];
    expect(notes([], { brokers }).map(({ text }) => text)).toEqual([
      'main is under pressure: memory alarm.',
      'main is under pressure: disk low.',
    ]);
  });

  it('ask for a second sweep where there was one, and for no third', () => {
    expect(notes([], { seconds: 0 }).map(({ code }) => code)).toEqual(['few-samples']);
    expect(notes([], { seconds: 1.5 })).toEqual([]);
  });

  it('count the queues that are no longer listed', () => {
    expect(notes([gone('a')]).map(({ text }) => text)).toEqual(['1 queue was not in the newest sweeps.']);
    expect(notes([gone('a'), gone('b')]).map(({ text }) => text)).toEqual(['2 queues were not in the newest sweeps.']);
  });

  it('say once for each reason how many queues could not be read, and which where it is one', () => {
    const about = { level: 'warning', code: 'queue-unreadable' };
    expect(notes([denied('a'), denied('b', 'timed out'), denied('c')])).toEqual([
      { ...about, text: '2 queues could not be read: not allowed.', queue: null },
      { ...about, text: '1 queue could not be read: timed out.', queue: 'main/b/worker' },
    ]);
  });
});
