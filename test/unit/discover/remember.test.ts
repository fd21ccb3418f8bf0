import { describe, expect, it } from 'vitest';
import { remembering, type Choice } from '../../../src/discover/topology/remember';
import { parsePipelineFile } from '../../../src/model/pipelineFile';

const main = { name: 'main', system: 'kafka' as const, url: 'kafka://127.0.0.1:9092', origin: 'chosen in the editor' };
const choice: Choice = {
  ...{ stage: 'billing', direction: 'consumes', broker: 'main', destination: 'orders.eu', group: 'billing' },
  place: 'billing/app.py:12',
};

describe('a choice that the pipeline file remembers', () => {
  it('begins a file that is right', () => {
    const text = remembering(null, 'shop: "1"', main, choice);
    const { pipeline, problems } = parsePipelineFile(text, {});
    expect(problems).toEqual([]);
    expect(pipeline?.name).toBe('shop: "1"');
    expect(pipeline?.stages[0]).toMatchObject({ name: 'billing', consumes: [{ id: 'main/orders.eu/billing' }] });
    expect(text).toContain('# chosen for billing/app.py:12');
  });

  it('leaves what a person wrote as it is', () => {
    const before = `pipeline: shop # ours
brokers:
  main: { url: "kafka://kafka:9092" } # do not touch
stages:
  # The slow one.
  billing:
    consumes:
      - { broker: main, destination: refunds, group: billing }
    instances: 3
`;
    const text = remembering(before, 'shop', main, choice);
    for (const line of before.split('\n')) expect(text).toContain(line);
    const { pipeline } = parsePipelineFile(text, {});
    expect(pipeline?.stages).toHaveLength(1);
    expect(pipeline?.stages[0]?.consumes.map(({ id }) => id)).toEqual([
      'main/refunds/billing',
      'main/orders.eu/billing',
    ]);
    expect(pipeline?.stages[0]?.instances).toBe(3);
  });
});
