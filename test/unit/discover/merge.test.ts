import { describe, expect, it } from 'vitest';
import { merged } from '../../../src/discover/topology/merge';
import { parsePipelineFile } from '../../../src/model/pipelineFile';

const own = `pipeline: shop # ours
brokers:
  main: { url: "kafka://app@127.0.0.1:9092" } # with a user
stages:
  # The slow one.
  billing:
    consumes: [{ broker: main, destination: orders, group: billing }]
    instances: 3
`;
const derived = `pipeline: shop
brokers:
  kafka:
    url: kafka://127.0.0.1:9092 # .env:1
  rabbitmq:
    url: amqp://127.0.0.1:5672 # .env:2
stages:
  billing:
    consumes:
      - broker: kafka
        destination: orders # billing/app.py:3 (literal)
        group: billing
    produces:
      - broker: rabbitmq
        destination: invoices # billing/app.py:9 (literal)
  mailer:
    consumes:
      - broker: rabbitmq
        destination: invoices # mailer/main.go:12 (literal)
`;

describe('merging a derived pipeline into the file of a person', () => {
  it('adds what is missing with its origin, and leaves every line that was there', () => {
    const text = merged(own, derived);
    for (const line of own.split('\n')) expect(text).toContain(line);
    expect(text).toContain('# billing/app.py:9 (literal)');
    const { pipeline, problems } = parsePipelineFile(text, {});
    expect(problems).toEqual([]);
    expect(pipeline?.brokers.map(({ name }) => name)).toEqual(['main', 'rabbitmq']);
    expect(
      pipeline?.stages.map(({ name, consumes, produces }) => [
        name,
        consumes.map(({ id }) => id),
        produces.map(({ id }) => id),
      ]),
    ).toEqual([
      ['billing', ['main/orders/billing'], ['rabbitmq/invoices']],
      ['mailer', ['rabbitmq/invoices'], []],
    ]);
    expect(pipeline?.stages[0]?.instances).toBe(3);
  });

  it('is the file itself, letter by letter, where nothing is missing', () => {
    const text = merged(own, derived);
    expect(merged(text, derived)).toBe(text);
    expect(merged(own, own)).toBe(own);
  });
});
