import { select, sumBy } from '../promql';
import type { AlertQueue, Exporter, Moment, Refusal } from '../words';

const isRabbit = ({ system }: AlertQueue) => system === 'rabbitmq';
const place = ({ namespace, destination }: AlertQueue) => ({ vhost: namespace ?? '/', queue: destination });
// A queue is told of by the node of its leader, and the leader may move.
const total = sumBy('job');

const backlogOf = ({ partitions }: Moment) => partitions.reduce((sum, { end, committed }) => sum + end - committed, 0);
const finishedOf = ({ partitions }: Moment) => partitions.reduce((sum, { committed }) => sum + committed, 0);
const arrivedOf = ({ partitions }: Moment) => partitions.reduce((sum, { end }) => sum + end, 0);

const noAge: Refusal = {
  why: 'the plugin tells no age',
  enable: 'it is told from the backlog and what arrives instead',
};
const noRetention: Refusal = {
  why: 'RabbitMQ takes nothing away unread, but by a TTL or a length limit that its metrics do not tell',
  enable: 'give the TTL as --retention',
};

/** RabbitMQ's own plugin by its page of single queues (rabbitmq.com/docs/prometheus#detailed-endpoint). */
export const rabbitmqDetailed: Exporter = {
  name: 'rabbitmq_detailed',
  tellsOf: 'queues of RabbitMQ',
  fits: isRabbit,
  fingerprint: 'rabbitmq_detailed_queue_messages{queue!=""}',
  needs:
    'the rabbitmq_prometheus plugin, scraped at /metrics/detailed with family=queue_coarse_metrics, family=queue_consumer_count and family=channel_queue_metrics',
  describe(queue) {
    const messages = select('rabbitmq_detailed_queue_messages', place(queue));
    const consumers = total(select('rabbitmq_detailed_queue_consumers', place(queue)));
    const acknowledged = select('rabbitmq_detailed_channel_messages_acked_total', place(queue));
    return {
      present: messages,
      backlog: total(messages),
      growth: (window) => total(`deriv(${messages}[${window}])`),
      arrivals: {
        why: 'what is published is counted for each channel and exchange, and lost with the channel',
        enable: 'the measured rate stands in the rules instead',
      },
      stuck: (window) =>
        `${total(messages)} > 1 and ${total(`increase(${acknowledged}[${window}])`)} == 0 and ${consumers} > 0`,
      noConsumers: () => `${consumers} == 0 and ${total(messages)} > 0`,
      age: noAge,
      retained: noRetention,
    };
  },
  show(queue, moment) {
    const channel = { channel: '<test.1>', ...place(queue) };
    return {
      [select('rabbitmq_detailed_queue_messages', place(queue))]: backlogOf(moment),
      [select('rabbitmq_detailed_queue_consumers', place(queue))]: moment.consumers,
      [select('rabbitmq_detailed_channel_messages_acked_total', channel)]:
        moment.consumers > 0 ? finishedOf(moment) : null,
    };
  },
};

/** The same plugin by its usual page, which adds all queues of a node up. */
export const rabbitmq: Exporter = {
  name: 'rabbitmq',
  tellsOf: 'nodes of RabbitMQ, all their queues together',
  fits: isRabbit,
  fingerprint: 'rabbitmq_queue_messages{queue=""}',
  needs:
    'the rabbitmq_prometheus plugin at /metrics; it names no queue, for that scrape /metrics/detailed and take rabbitmq_detailed',
  wholeNode: true,
  describe() {
    const node = sumBy('job', 'instance');
    const messages = select('rabbitmq_queue_messages', { queue: '' });
    const consumers = node(select('rabbitmq_consumers', {}));
    const arrived = select('rabbitmq_global_messages_routed_total', {});
    const acknowledged = select('rabbitmq_global_messages_acknowledged_total', {});
    return {
      present: messages,
      backlog: node(messages),
      growth: (window) => node(`deriv(${messages}[${window}])`),
      arrivals: (window) => node(`rate(${arrived}[${window}])`),
      stuck: (window) =>
        `${node(messages)} > 1 and ${node(`increase(${acknowledged}[${window}])`)} == 0 and ${node(`increase(${arrived}[${window}])`)} > 0 and ${consumers} > 0`,
      noConsumers: () => `${consumers} == 0 and ${node(messages)} > 0`,
      age: {
        why: 'the sum of a node is no queue: what waits in one may be older than what arrives in all',
        enable: 'rabbitmq_detailed names the queues',
      },
      retained: noRetention,
    };
  },
  show: (_, moment) => ({
    [select('rabbitmq_queue_messages', {})]: backlogOf(moment),
    [select('rabbitmq_consumers', {})]: moment.consumers,
    [select('rabbitmq_global_messages_routed_total', { protocol: 'amqp091' })]: arrivedOf(moment),
    [select('rabbitmq_global_messages_acknowledged_total', { protocol: 'amqp091' })]: finishedOf(moment),
  }),
};
