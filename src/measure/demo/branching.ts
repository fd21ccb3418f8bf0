import { notification, orders, payment, validator } from './orders';
import type { Scenario } from './scenario';

/**
 * Two groups read what the validator lets through, a tenth of the payments is tried again, and both branches end at the
 * sender.
 */
export const branching: Readonly<Record<string, Scenario>> = {
  branches: {
    ...orders,
    arrivalRate: 250,
    hops: [
      { ...validator, instances: 4 },
      { ...payment, instances: 10, fedBy: { 'order-validator': 1, retry: 1 } },
      {
        ...payment,
        instances: 2,
        stage: 'fraud-check',
        costPerInstance: 90,
        fedBy: { 'order-validator': 1, retry: 1 },
      },
      { ...notification, destination: 'declined', stage: 'retry', instances: 1, fedBy: { 'payment-processor': 0.1 } },
      { ...notification, instances: 4, fedBy: { 'payment-processor': 0.9 } },
      { ...notification, destination: 'suspects', instances: 4, fedBy: { 'fraud-check': 0.2 } },
    ],
    events: [{ seconds: -150, arrivalRate: 900 }],
  },
};
