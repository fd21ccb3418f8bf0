import { enough, notification, orders, payment, validator } from './orders';
import type { Ailments, Event, Hop, Scenario } from './scenario';

const risen: readonly Event[] = [{ seconds: -113.5, arrivalRate: 1050 }];

/** The payments held up for another reason each, named after the cause that a report finds (CONTRACTS.md "Cause"). */
export const scenariosOfCauses: Readonly<Record<string, Scenario>> = {
  'cpu-bound': overrun({ cpu: 0.97, memory: 0.4 }),
  'memory-bound': overrun({ cpu: 0.93, memory: 0.96 }),
  'downstream-wait': overrun({ cpu: 0.12, memory: 0.3 }),
  'network-bound': overrun({ cpu: 0.3, memory: 0.3, network: 0.97 }),
  'rebalance-loop': ailing(enough.payment, { rebalances: { everySeconds: 15, forSeconds: 9 } }),
  'redelivery-loop': ailing(enough.payment, { redelivered: 0.6 }),
  'prefetch-too-small': ailing(enough.payment, { prefetch: 1, roundTripSeconds: 0.02 }),
  // The first consumer takes all there is, and nine others look on.
  'prefetch-too-large': { ...ailing(enough.payment, { prefetch: 500_000, roundTripSeconds: 0.02 }), arrivalRate: 120 },
  // A quiet pipeline, and from half a minute after the opening far more than usual.
  'publisher-burst': { ...ailing(payment, {}), arrivalRate: 120, events: [{ seconds: 30, arrivalRate: 1050 }] },
  'broker-flow-control': { ...ailing(enough.payment, {}), arrivalRate: 1040, events: [{ seconds: -120, alarm: true }] },
};

/** As quiet as two instances can do, until traffic rose. */
function overrun(ailments: Ailments): Scenario {
  return { ...ailing(payment, ailments), arrivalRate: 280, events: risen };
}

function ailing(hop: Hop, ailments: Ailments): Scenario {
  return {
    ...orders,
    arrivalRate: 340,
    hops: [validator, { ...hop, ailments }, { ...notification, instances: 3 }],
    events: risen,
  };
}
