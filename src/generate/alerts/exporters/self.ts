import { select, sumBy } from '../promql';
import type { AlertQueue, Exporter, Refusal } from '../words';

const total = sumBy('job', 'instance');
const figure = ({ broker, namespace, destination, group }: AlertQueue, name: string) =>
  select(`backpressure_queue_${name}`, { broker, namespace: namespace ?? '', destination, group: group ?? '' });

/** Our own `watch --listen`; a figure that the broker does not tell has no series there. */
export const self: Exporter = {
  name: 'self',
  tellsOf: 'every queue that backpressure reads',
  fits: () => true,
  fingerprint: 'backpressure_broker_up{}',
  needs: 'backpressure watch --listen with the same names of brokers',
  describe(queue) {
    const backlog = figure(queue, 'backlog');
    const [produced, consumed] = [figure(queue, 'produced_total'), figure(queue, 'consumed_total')];
    const consumers = total(figure(queue, 'consumers'));
    const counted = queue.missing.arrivalRate?.kind !== 'none';
    const noCounters: Refusal = {
      why: queue.missing.arrivalRate?.reason ?? 'this system counts neither what arrives nor what is finished',
      enable: 'the measured rate stands in the rules instead',
    };
    const noMembers = queue.missing.consumers?.kind === 'none' ? queue.missing.consumers.reason : null;
    const noAge = queue.missing.ageSeconds?.kind === 'none' ? queue.missing.ageSeconds.reason : null;
    const stands = (window: string) => `${total(`increase(${consumed}[${window}])`)} == 0`;
    return {
      present: backlog,
      backlog: total(backlog),
      growth: (window) => total(`deriv(${backlog}[${window}])`),
      arrivals: counted ? (window) => total(`rate(${produced}[${window}])`) : noCounters,
      stuck: counted
        ? (window) =>
            `${total(backlog)} > 1 and ${stands(window)} and ${total(`increase(${produced}[${window}])`)} > 0 unless (${consumers} == 0)`
        : noCounters,
      noConsumers:
        noMembers === null
          ? (window) => `${consumers} == 0 and ${total(backlog)} > 0${counted ? ` and ${stands(window)}` : ''}`
          : { why: noMembers, enable: 'nothing: the broker does not know it' },
      age:
        noAge === null
          ? `max by (job, instance) (${figure(queue, 'age_seconds')})`
          : { why: noAge, enable: 'it is told from the backlog and what arrives instead' },
      retained: {
        why: 'the page does not tell how long the queue keeps messages',
        enable: 'give it as --retention, such as 7d',
      },
    };
  },
  show(queue, { partitions, consumers, ageSeconds }) {
    const arrived = partitions.reduce((sum, { end }) => sum + end, 0);
    const finished = partitions.reduce((sum, { committed }) => sum + committed, 0);
    return {
      [figure(queue, 'backlog')]: arrived - finished,
      [figure(queue, 'produced_total')]: arrived,
      [figure(queue, 'consumed_total')]: finished,
      [figure(queue, 'consumers')]: consumers,
      [figure(queue, 'age_seconds')]: ageSeconds,
    };
  },
};
