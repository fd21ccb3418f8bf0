import { parseBrokerUrl } from '../../../src/model/brokerUrl';
import { queueReading, sweep, type BrokerReading, type QueueReading, type Sweep } from '../../../src/model/sweep';
import type { Source, SourceReading, SweepRequest } from '../../../src/measure/source';

export const brokerRow = (name = 'b'): BrokerReading => ({
  name,
  system: 'kafka',
  url: 'kafka://h:1',
  state: 'ok',
  error: null,
  pressure: [],
  alarms: [],
  roundTripSeconds: null,
  notApplicable: [],
  sweep: { seconds: 0, requests: 1, bytes: 1 },
});

/** A queue row with the given figures; the rest is null. */
export const queueRow = (id: string, figures: Partial<QueueReading> = {}): QueueReading =>
  queueReading.parse({ id, broker: 'b', system: 'kafka', kind: 'topic', destination: id, ...figures });

export const sweepAt = (ms: number, queues: QueueReading[], more: Partial<Sweep> = {}): Sweep =>
  sweep.parse({ version: 1, at: new Date(ms).toISOString(), brokers: [brokerRow()], queues, ...more });

/** A source that answers by a function and counts what is asked of it. */
export function fakeSource(name: string, answer: (request: SweepRequest) => Promise<Partial<SourceReading>>) {
  const asked: SweepRequest[] = [];
  let closed = 0;
  const source: Source = {
    config: { ...parseBrokerUrl('kafka://h:1'), name },
    sweep: async (request) => {
      asked.push(request);
      return { broker: brokerRow(name), queues: [], stages: [], steps: [], ...(await answer(request)) };
    },
    close: () => {
      closed++;
      return Promise.resolve();
    },
  };
  return { source, asked, closed: () => closed };
}
