import { none } from '../src/model/figure';
import type { BrokerReading, System } from '../src/model/sweep';
import type { QueueReport, Report } from '../src/model/report';

const systems: Record<System, string> = {
  kafka: 'Kafka',
  rabbitmq: 'RabbitMQ',
  aws_sqs: 'SQS',
  redis: 'Redis',
  nats: 'NATS',
  prometheus: 'Prometheus',
  demo: 'the demo',
};

/** The report with a reason in each queue for the figures that its broker says once, for all of its rows, it never has. */
export function explained(report: Report): Report {
  const brokers = new Map(report.brokers.map((broker) => [broker.name, broker]));
  return {
    ...report,
    queues: report.queues.map((queue) => {
      const broker = brokers.get(queue.broker);
      return broker ? { ...queue, missing: { ...neverThere(queue, broker), ...queue.missing } } : queue;
    }),
  };
}

const neverThere = (queue: QueueReport, { system, notApplicable }: BrokerReading) =>
  Object.fromEntries(
    notApplicable
      .filter((field) => queue[field as keyof QueueReport] === null)
      .map((field) => [field, none(`Not applicable: ${systems[system]} has no such figure.`)]),
  );
