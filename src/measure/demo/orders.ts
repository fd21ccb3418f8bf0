import type { Hop } from './scenario';

/** The stages that the named scenarios are made of: orders are validated, paid, and told about. */

export const even = (partitions: number) => Array.from({ length: partitions }, () => 1);
export const validator: Hop = {
  destination: 'orders',
  partitions: even(12),
  capacity: null,
  commitSeconds: 0.4,
  stage: 'order-validator',
  instances: 3,
  maxInstances: 12,
  ratePerInstance: 500,
  costPerInstance: 40,
};
export const payment: Hop = {
  destination: 'validated',
  partitions: even(20),
  capacity: null,
  commitSeconds: 0.5,
  stage: 'payment-processor',
  instances: 2,
  maxInstances: 12,
  ratePerInstance: 150,
  costPerInstance: 60,
};
export const notification: Hop = {
  destination: 'results',
  partitions: even(6),
  capacity: null,
  commitSeconds: 0.2,
  stage: 'notification-sender',
  instances: 1,
  maxInstances: 6,
  ratePerInstance: 500,
  costPerInstance: 20,
};
export const orders = { source: 'api', arrivalRate: 1050, bursts: null, events: [], seed: 76 };
/** Stages that keep up with 1,050/s at about 70 %. */
export const enough = { payment: { ...payment, instances: 10 }, notification: { ...notification, instances: 3 } };
