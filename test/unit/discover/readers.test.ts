import { describe, expect, it } from 'vitest';
import { deriveTopology } from '../../../src/discover/topology/derive';
import type { SourceReference } from '../../../src/model/scan';
import { queueReading, type QueueReading } from '../../../src/model/sweep';

const consumes = (path: string, destination: string, group: string | null): SourceReference => ({
  ...{ path, line: 3, role: 'consume', system: 'kafka', destination, group, confidence: 'literal' },
});

const read = (destination: string, group: string | null, clients: readonly string[]): QueueReading =>
  queueReading.parse({
    ...{ id: `main/${destination}`, broker: 'main', system: 'kafka', kind: 'topic', destination, group },
    members: clients.map((client, index) => ({
      ...{ id: `${client}-${index}`, client, host: null, inFlight: null, idleSeconds: null, prefetch: null },
    })),
  });

const billing = { name: 'billing', files: ['billing/app.py'] };
const orders = consumes('billing/app.py', 'orders', 'billing');

describe('what brokers see reading', () => {
  it('stands beside what the source says of the same queue and group', () => {
    const { stages, conflicts } = deriveTopology(
      [orders],
      [billing],
      [read('orders', 'billing', ['billing-1', 'billing-2'])],
    );
    expect(stages[0]?.consumes[0]?.origins).toEqual([
      'billing/app.py:3 (literal)',
      'main: group billing and client billing reads it',
    ]);
    expect(conflicts).toEqual([]);
  });

  it('belongs to the stage of the same name, as a conflict where its code says nothing of it', () => {
    const { stages, conflicts } = deriveTopology([orders], [billing], [read('refunds', 'late', ['billing-1'])]);
    expect(stages).toHaveLength(1);
    expect(stages[0]?.consumes.map(({ destination }) => destination)).toEqual(['orders', 'refunds']);
    expect(conflicts).toEqual([
      'refunds · late: main: group late and client billing reads it, the code of billing does not name it',
    ]);
  });

  it('is a stage of its own where no code is known', () => {
    const { stages } = deriveTopology([orders], [billing], [read('orders', 'audit', ['rdkafka'])]);
    expect(stages.map(({ name }) => name)).toEqual(['audit', 'billing']);
    expect(stages[0]?.consumes).toEqual([
      { system: 'kafka', destination: 'orders', group: 'audit', origins: ['main: group audit reads it'] },
    ]);
  });

  it('is nothing while nobody is connected, or only names of libraries are seen', () => {
    const none = [read('orders', 'old', []), { ...read('jobs', null, ['127.0.0.1:4 -> 127.0.0.1:5672', 'ctag1.5']) }];
    none[1]?.members?.forEach((member) => (member.id = 'amq.ctag-1'));
    expect(deriveTopology([orders], [billing], none).stages.map(({ name }) => name)).toEqual(['billing']);
  });
});
