import { describe, expect, it } from 'vitest';
import { analyzed } from '../../harness/analyzed';
import { flow, type QueueOverTime } from '../../harness/observations';

describe('the cause of a backlog that nobody works off', () => {
  const causeOf = (queue: QueueOverTime) => analyzed([queue]).bottlenecks[0]!;

  it('is a stuck consumer when members finish nothing, and no consumer when there are none', () => {
    const dead = { destination: 'a', arrives: 10, finishes: 0 };
    expect(causeOf(flow(dead)).cause.kind).toBe('stuck-consumer');
    const nobody = causeOf(flow({ ...dead, consumers: 0 }));
    expect(nobody.cause.kind).toBe('no-consumer');
    expect(nobody.recommendations[0]!.kind).toBe('start-consumer');
  });
});
