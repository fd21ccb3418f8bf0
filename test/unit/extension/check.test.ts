import { describe, expect, it } from 'vitest';
import { gapsOf } from '../../../src/extension/connections/check';
import { unknown } from '../../../src/model/figure';
import { brokerReading, queueReading, type QueueReading } from '../../../src/model/sweep';

const queue = (destination: string, missing: QueueReading['missing']) =>
  queueReading.parse({
    ...{ id: `b/${destination}`, broker: 'b', system: 'aws_sqs', kind: 'queue', destination, missing },
  });
const broker = (over: object = {}) =>
  brokerReading.parse({
    ...{ name: 'b', system: 'aws_sqs', url: 'sqs://x', state: 'ok', sweep: { seconds: 0, requests: 1, bytes: 1 } },
    ...{ roundTripSeconds: null, ...over },
  });

describe('what the test of a connection finds missing', () => {
  it('is nothing where all that there is was read', () => {
    const missing = {
      ageSeconds: { kind: 'none', reason: 'empty' },
      arrivalRate: unknown('a rate needs two readings'),
    } as const;
    expect(gapsOf({ broker: broker(), queues: [queue('a', missing)] })).toEqual([]);
  });

  it('names permissions first, with the figures and how many queues they cost', () => {
    const denied = unknown('AccessDenied: cloudwatch:GetMetricData');
    const queues = [
      queue('a', { ageSeconds: denied, produced: denied, capacity: unknown('the answer was cut off') }),
      queue('b', { ageSeconds: denied, capacity: unknown('the answer was cut off') }),
      queue('c', { capacity: unknown('the answer was cut off') }),
    ];
    expect(gapsOf({ broker: broker(), queues })).toEqual([
      'Permission missing: ageSeconds, produced of 2 queues (AccessDenied: cloudwatch:GetMetricData)',
      'Not readable: capacity of 3 queues (the answer was cut off)',
    ]);
  });

  it('begins with what the broker as a whole did not let be read', () => {
    const error = { code: 'denied', message: 'groups are hidden', next: 'allow DESCRIBE' };
    expect(gapsOf({ broker: broker({ state: 'partial', error }), queues: [] })).toEqual([
      'groups are hidden: allow DESCRIBE',
    ]);
  });
});
