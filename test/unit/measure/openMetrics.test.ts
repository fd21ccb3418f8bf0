import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposition, formatFor } from '../../../src/measure/openMetrics';
import { brokerRow, queueRow, sweepAt } from './rows';

const orders = queueRow('b/orders/billing', {
  ...{ destination: 'orders', group: 'billing', backlog: 7, waiting: 5, inFlight: 2, ageSeconds: 1.5, consumers: 3 },
  ...{ produced: 1e21, consumed: 12 },
});

describe('the page for Prometheus', () => {
  it('has a family for each figure, the unit with it, and an end', () => {
    expect(exposition(sweepAt(0, [orders]), 'openmetrics'))
      .toBe(`# HELP backpressure_queue_backlog Messages that still have to be finished.
# TYPE backpressure_queue_backlog gauge
backpressure_queue_backlog{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 7
# HELP backpressure_queue_waiting Messages that were not handed out yet.
# TYPE backpressure_queue_waiting gauge
backpressure_queue_waiting{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 5
# HELP backpressure_queue_in_flight Messages handed out and not acknowledged.
# TYPE backpressure_queue_in_flight gauge
backpressure_queue_in_flight{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 2
# HELP backpressure_queue_age_seconds Age of the oldest unfinished message.
# TYPE backpressure_queue_age_seconds gauge
# UNIT backpressure_queue_age_seconds seconds
backpressure_queue_age_seconds{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 1.5
# HELP backpressure_queue_consumers Consumers that are connected.
# TYPE backpressure_queue_consumers gauge
backpressure_queue_consumers{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 3
# HELP backpressure_queue_produced Messages that arrived so far.
# TYPE backpressure_queue_produced counter
backpressure_queue_produced_total{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 1e+21
# HELP backpressure_queue_consumed Messages finished so far.
# TYPE backpressure_queue_consumed counter
backpressure_queue_consumed_total{broker="b",system="kafka",namespace="",destination="orders",group="billing"} 12
# HELP backpressure_broker_up Whether the broker could be read: 1, or 0 when it could not.
# TYPE backpressure_broker_up gauge
backpressure_broker_up{broker="b",system="kafka"} 1
# EOF
`);
  });

  it('names a counter with _total in the older text format, which knows no units', () => {
    const text = exposition(sweepAt(0, [orders]), 'text');
    expect(text).toContain('# TYPE backpressure_queue_produced_total counter\nbackpressure_queue_produced_total{');
    expect(text).not.toContain('# UNIT');
  });

  it('has no series for a figure that is not known, and no family without a series', () => {
    const text = exposition(sweepAt(0, [queueRow('b/a', { backlog: 0 }), queueRow('b/c')]), 'openmetrics');
    expect(text.match(/^backpressure_queue_.*$/gm)).toEqual([
      'backpressure_queue_backlog{broker="b",system="kafka",namespace="",destination="b/a",group=""} 0',
    ]);
    expect(text).not.toContain('consumed');
  });

  it('tells a broker that could not be read', () => {
    const brokers = [
      brokerRow('up'),
      { ...brokerRow('half'), state: 'partial' as const },
      { ...brokerRow('down'), state: 'failed' as const },
    ];
    const text = exposition(sweepAt(0, [], { brokers }), 'openmetrics');
    expect(text.match(/^backpressure_broker_up.*$/gm)).toEqual([
      'backpressure_broker_up{broker="up",system="kafka"} 1',
      'backpressure_broker_up{broker="half",system="kafka"} 1',
      'backpressure_broker_up{broker="down",system="kafka"} 0',
    ]);
  });

  it('keeps a queue of any name on its own line, and the name can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (destination) => {
        const text = exposition(sweepAt(0, [queueRow('b/x', { destination, backlog: 1 })]), 'openmetrics');
        const line = text.split('\n')[2] ?? '';
        const quoted = /,destination="((?:[^"\\]|\\["\\n])*)",group=""\} 1$/.exec(line)?.[1];
        const read = quoted?.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
        expect(read).toBe(destination);
      }),
    );
  });

  it('comes as OpenMetrics for those who ask for it', () => {
    expect(formatFor('application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5')).toBe('openmetrics');
    expect(formatFor('*/*')).toBe('text');
    expect(formatFor(undefined)).toBe('text');
  });
});
