import { describe, expect, it } from 'vitest';
import { deriveTopology } from '../../../src/discover/topology/derive';
import { withDocuments } from '../../../src/discover/topology/documents';
import { pipelineYaml } from '../../../src/discover/topology/write';
import { parsePipelineFile } from '../../../src/model/pipelineFile';
import type { SourceReference } from '../../../src/model/scan';

const document = (title: string) => `asyncapi: 3.0.0
info: { title: ${title}, version: 1.0.0 }
servers: { main: { host: kafka:9092, protocol: kafka } }
channels: { orders: { address: orders }, refunds: { address: refunds } }
operations:
  receiveOrder: { action: receive, channel: { $ref: '#/channels/orders' }, bindings: { kafka: { groupId: { const: billing } } } }
  sendRefund: { action: send, channel: { $ref: '#/channels/refunds' } }
`;
const inCode = (role: 'consume' | 'produce', destination: string, group: string | null = null): SourceReference => ({
  ...{ path: 'billing/app.py', line: 3, role, system: 'kafka', destination, group, confidence: 'literal' },
});
const billing = [{ name: 'billing', files: ['billing/app.py'] }];

function derived(references: SourceReference[], documents: { path: string; text: string }[]) {
  const read = withDocuments(references, billing, documents);
  return deriveTopology(read.references, read.processes, []);
}

describe('AsyncAPI documents in a derived pipeline', () => {
  it('tell a stage of their own by its title, with the operation as origin', () => {
    const topology = derived([], [{ path: 'docs/refunds.yaml', text: document('Refund Service') }]);
    expect(topology.stages).toMatchObject([
      {
        name: 'refund-service',
        consumes: [{ destination: 'orders', group: 'billing', origins: ['docs/refunds.yaml:6 (literal)'] }],
        produces: [{ destination: 'refunds', origins: ['docs/refunds.yaml:7 (literal)'] }],
      },
    ]);
    expect(topology.conflicts).toEqual([]);
  });

  it('stand beside the code of their folder; what the two say differently is shown, not merged away', () => {
    const code = [inCode('consume', 'orders', 'billing'), inCode('produce', 'invoices')];
    const topology = derived(code, [{ path: 'billing/asyncapi.yaml', text: document('Billing') }]);
    expect(topology.stages.map(({ name }) => name)).toEqual(['billing']);
    expect(topology.stages[0]?.consumes[0]?.origins).toEqual([
      'billing/app.py:3 (literal)',
      'billing/asyncapi.yaml:6 (literal)',
    ]);
    expect(topology.conflicts).toEqual([
      'invoices: billing/app.py:3 (literal) has it, billing/asyncapi.yaml not',
      'refunds: billing/asyncapi.yaml:7 (literal) has it, the code of billing not',
    ]);
    const broker = { name: 'kafka', system: 'kafka' as const, url: 'kafka://127.0.0.1:9092', origin: '.env:1' };
    const text = pipelineYaml('shop', [broker], topology);
    expect(text).toContain('# Told differently; strike out what is wrong:');
    expect(parsePipelineFile(text, {}).problems).toEqual([]);
  });

  it('that cannot be read are named, with why', () => {
    const { unread } = withDocuments([], billing, [{ path: 'a.yaml', text: 'asyncapi: 9.0.0' }]);
    expect(unread).toEqual([
      { path: 'a.yaml', line: 1, text: 'it is not read: AsyncAPI 9.0.0 is not read; 2 and 3 are' },
    ]);
  });
});
