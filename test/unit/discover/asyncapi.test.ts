import { describe, expect, it } from 'vitest';
import { looksLikeAsyncApi, readAsyncApi } from '../../../src/discover/asyncapi/read';

const told = (text: string) =>
  readAsyncApi('asyncapi.yaml', text).references.map(
    ({ line, role, system, destination, group, confidence }) =>
      `${line} ${role} ${system} ${destination ?? '?'}${group === null ? '' : ` · ${group}`} (${confidence})`,
  );

const version2 = `asyncapi: 2.6.0
info: { title: Billing, version: 1.0.0 }
servers:
  main: { url: kafka:9092, protocol: kafka }
  rabbit: { url: rabbit:5672, protocol: amqp }
channels:
  orders:
    servers: [main]
    publish:
      bindings:
        kafka:
          groupId: { type: string, enum: [billing] }
  invoice.created:
    servers: [rabbit]
    bindings:
      amqp: { is: routingKey, exchange: { name: events, type: topic } }
    subscribe: {}
  orders.{region}.refunds:
    servers: [main]
    subscribe: {}
`;

const version3 = `asyncapi: 3.0.0
info: { title: Billing, version: 1.0.0 }
servers:
  main: { host: kafka:9092, protocol: kafka }
channels:
  ordersChannel:
    address: orders
  paymentsQueue:
    address: payments
    servers: [{ $ref: '#/servers/other' }]
    bindings:
      amqp: { is: queue, queue: { name: payments.v2 } }
operations:
  receiveOrder:
    action: receive
    channel: { $ref: '#/channels/ordersChannel' }
    bindings: { kafka: { groupId: { const: billing } } }
  sendPayment:
    action: send
    channel: { $ref: '#/channels/paymentsQueue' }
`;

describe('an AsyncAPI document', () => {
  it('of version 2 says what its program receives (publish) and sends (subscribe)', () => {
    expect(told(version2)).toEqual([
      '10 consume kafka orders · billing (literal)',
      '17 produce rabbitmq events/invoice.created (literal)',
      '20 produce kafka orders.*.refunds (template)',
    ]);
  });

  it('of version 3 says it by its operations, through references', () => {
    expect(told(version3)).toEqual([
      '15 consume kafka orders · billing (literal)',
      '19 produce rabbitmq payments.v2 (literal)',
    ]);
  });

  it('is known by its first field, also as JSON', () => {
    expect(looksLikeAsyncApi('{ "asyncapi": "3.0.0" }')).toBe(true);
    expect(looksLikeAsyncApi('{\n  "asyncapi": "3.0.0"\n}')).toBe(true);
    expect(looksLikeAsyncApi('openapi: 3.0.0')).toBe(false);
  });

  it('says why it is not read, and never throws', () => {
    expect(readAsyncApi('a.yaml', 'asyncapi: 1.2.0').problem).toBe('AsyncAPI 1.2.0 is not read; 2 and 3 are');
    expect(readAsyncApi('a.yaml', 'asyncapi: 3.0.0\nchannels: [').problem).toMatch(/^line 2: /);
    const circle = "asyncapi: 3.0.0\noperations: { a: { $ref: '#/operations/a' }, b: { $ref: '#/%zz' } }";
    expect(readAsyncApi('a.yaml', circle).references).toEqual([]);
    for (const text of [
      '',
      'asyncapi: 3.0.0\noperations: 7',
      'asyncapi: 2.0.0\nchannels: { a: [], b: { publish: 3 } }',
    ])
      expect(readAsyncApi('a.yaml', text).references).toEqual([]);
  });
});
