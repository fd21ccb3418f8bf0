import { describe, expect, it } from 'vitest';
import { ListedQueues, matchQueues, type LiveQueue, type Named } from '../../../src/discover/match/match';
import type { SourceReference } from '../../../src/model/scan';

const live = (broker: string, destination: string, group: string | null = null, more: Partial<LiveQueue> = {}) => ({
  ...{ id: `${broker}/${destination}${group === null ? '' : `/${group}`}`, broker, destination, group },
  ...{ system: 'kafka' as const, namespace: null, bindings: null, ...more },
});
const consumes = (destination: string | null, group: string | null, more: Partial<SourceReference> = {}) => ({
  ...{ path: 'app.py', line: 1, role: 'consume' as const, system: 'kafka' as const, destination, group },
  ...{ confidence: 'literal' as const, ...more },
});
const produces = (destination: string, more: Partial<SourceReference> = {}) =>
  consumes(destination, null, { role: 'produce', ...more });
const nothing = { own: [], all: [] };

function matched(reference: SourceReference, queues: LiveQueue[], own: Named[] = [], all = own): string {
  const match = matchQueues(reference, new ListedQueues(queues), { own, all });
  if (match.kind === 'queues') return match.queues.map(({ id }) => id).join(' ');
  return match.kind === 'none' ? match.why : `${match.why}: ${match.candidates.map(({ id }) => id).join(' ')}`;
}

const main = [live('main', 'orders', 'billing'), live('main', 'orders', 'shipping'), live('main', 'paid', 'billing')];

describe('matching references in source with live queues', () => {
  it('takes the group that the consumer reads as', () => {
    expect(matched(consumes('orders', 'billing'), main)).toBe('main/orders/billing');
  });

  it('takes every group behind what a producer writes to', () => {
    expect(matched(produces('orders'), main)).toBe('main/orders/billing main/orders/shipping');
  });

  it('asks which group, where the source does not say', () => {
    expect(matched(consumes('orders', null), main)).toBe('2 groups read it: main/orders/billing main/orders/shipping');
    const own = [{ broker: 'main', destination: 'orders', group: 'shipping' }];
    expect(matched(consumes('orders', null), main, own)).toBe('main/orders/shipping');
  });

  it('asks which broker where two have it, unless the pipeline file names one', () => {
    const two = [...main, live('staging', 'orders', 'billing')];
    expect(matched(consumes('orders', 'billing'), two)).toBe(
      '2 brokers have it: main/orders/billing staging/orders/billing',
    );
    const staging = [{ broker: 'staging', destination: 'orders', group: 'billing' }];
    expect(matched(consumes('orders', 'billing'), two, [], staging)).toBe('staging/orders/billing');
    const both = [...staging, { broker: 'main', destination: 'orders', group: 'billing' }];
    expect(matched(consumes('orders', 'billing'), two, staging, both)).toBe('staging/orders/billing');
    expect(matched(consumes('orders', 'billing'), two, [], both)).toContain('2 brokers have it');
  });

  it('says which files leave a name open', () => {
    const open = { ...consumes('x', null), destination: null, origin: 'orders in .env:1, sales in .env.dev:1' };
    expect(matched(open, main)).toMatch(
      /^its name depends on what is set: orders in \.env:1, sales in \.env\.dev:1: main/,
    );
  });

  it('follows a pattern to the only queue that fits, and asks where several do', () => {
    const regions = [live('main', 'orders.eu', 'billing'), live('main', 'orders.us', 'billing')];
    const template = consumes('orders.*', 'billing', { confidence: 'template' });
    expect(matched(template, regions.slice(0, 1))).toBe('main/orders.eu/billing');
    expect(matched(template, regions)).toBe('2 queues could be it: main/orders.eu/billing main/orders.us/billing');
    expect(matched(template, regions, [{ broker: 'main', destination: 'orders.us', group: 'billing' }])).toBe(
      'main/orders.us/billing',
    );
    expect(matched(consumes('pre*', 'billing'), regions)).toBe('no broker lists pre*');
  });

  it('follows an exchange through its bindings', () => {
    const rabbit = { system: 'rabbitmq' as const };
    const bound = [
      live('rabbit', 'invoices', null, { ...rabbit, bindings: [{ exchange: 'events', key: 'order.*' }] }),
      live('rabbit', 'mails', null, { ...rabbit, bindings: [{ exchange: 'events', key: '#' }] }),
      live('rabbit', 'other', null, { ...rabbit, bindings: [{ exchange: 'else', key: '#' }] }),
    ];
    expect(matched(produces('events/order.paid', rabbit), bound)).toBe('rabbit/invoices rabbit/mails');
    expect(matched(produces('events/refund', rabbit), bound)).toBe('rabbit/mails');
    expect(matched(produces('*/order.paid', rabbit), bound)).toBe('rabbit/invoices rabbit/mails rabbit/other');
    expect(matched(consumes('mails', null, rabbit), bound)).toBe('rabbit/mails');
  });

  it('asks about a name that only the running program knows, and remembers the answer of this stage alone', () => {
    const named = [{ broker: 'main', destination: 'paid', group: 'billing' }];
    const reference = consumes(null, null, { confidence: 'unknown' });
    expect(matched(reference, main)).toContain('its name is only known when the program runs');
    expect(matched(reference, main, named)).toBe('main/paid/billing');
    expect(matched(reference, main, [], named)).toContain('its name is only known when the program runs');
  });

  it('says what is not there, and never takes another for it', () => {
    expect(matched(consumes('order', 'billing'), main)).toBe('no broker lists order');
    expect(matched(consumes('orders', 'audit'), main)).toBe('no group audit reads orders');
    expect(matched(consumes('orders', 'billing', { system: 'rabbitmq' }), main)).toBe(
      'no broker that could have it is read',
    );
    expect(matchQueues(consumes('orders', 'billing'), new ListedQueues([]), nothing).kind).toBe('none');
  });
});
