import { describe, expect, it } from 'vitest';
import { exporters, recognised } from '../../../src/generate/alerts/exporters/all';
import { alertTargets, writeTarget } from '../../../src/generate/alerts/targets';
import { alertTemplate, promql } from '../../../src/model/escape';
import { parseAllDocuments } from 'yaml';
import { alertQueue, allNames, hostileName, optionsFor, queueFor } from './alertQueues';

describe('Alerts', () => {
  it.each(alertTargets)('for %s are well-formed YAML also for a hostile name', (target) => {
    const queue = alertQueue('aws_sqs', { destination: hostileName });
    const { text, rules } = writeTarget(target, { queues: [queue] }, optionsFor('yace'));
    expect(rules).toBeGreaterThan(0);
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('are refused where the exporter cannot tell of the queue, with what to do instead', () => {
    const written = writeTarget('prometheus', { queues: [alertQueue('nats')] }, optionsFor('kminion'));
    expect(written.rules).toBe(0);
    expect(written.refused[0]?.refusal.why).toBe('kminion tells of consumer groups of Kafka');
  });

  it('leave out a rule whose metrics the Prometheus does not have', () => {
    const metrics = new Set(['rabbitmq_detailed_queue_messages', 'rabbitmq_detailed_queue_consumers']);
    const { refused } = writeTarget(
      'prometheus',
      { queues: [queueFor('rabbitmq_detailed')] },
      optionsFor('rabbitmq_detailed', { metrics }),
    );
    const stuck = refused.find(({ subject }) => subject === 'orders, stuck');
    expect(stuck?.refusal.why).toBe('the Prometheus has no rabbitmq_detailed_channel_messages_acked_total');
    expect(stuck?.refusal.enable).toContain('family=channel_queue_metrics');
  });

  it('recognise each exporter by its own series', () => {
    for (const { name, fingerprint } of exporters)
      expect(recognised(new Set([fingerprint]), [queueFor(name)]), name).toContain(name);
    expect(allNames).toHaveLength(13);
  });

  it('scale by arrivals × objective ÷ consumers, and to no more replicas than partitions', () => {
    const queue = alertQueue('kafka', { arrivalRate: 50, consumers: 2, partitions: 6 });
    const { text } = writeTarget('keda', { queues: [queue] }, optionsFor('self', { maxAgeSeconds: 60 }));
    const scaled = parseAllDocuments(text)[0]?.toJS() as { spec: { maxReplicaCount: number; triggers: unknown[] } };
    expect(scaled.spec.maxReplicaCount).toBe(6);
    expect(scaled.spec.triggers).toMatchObject([{ type: 'kafka', metadata: { lagThreshold: `${(50 * 60) / 2}` } }]);
  });
});

describe('Names in rules', () => {
  it('end no string of PromQL and begin no template', () => {
    expect(promql('a"b\\c\nd')).toBe('"a\\"b\\\\c\\u000ad"');
    expect(alertTemplate('{{ .Value }}')).toBe('{{ "{{" }} .Value }}');
  });
});
