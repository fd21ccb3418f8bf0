import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DetailedPage, DetailedQueues } from '../../../src/measure/rabbitmq/detailedPage';

interface Named {
  vhost: string;
  name: string;
}
const line = (metric: string, { vhost, name }: Named, value: number) =>
  `rabbitmq_detailed_queue_${metric}{vhost="${vhost}",queue="${name}"} ${value}\n`;
const metricNames = ['messages_ready', 'messages_unacked', 'messages', 'consumers'];
/** As RabbitMQ 3.10 writes it: nothing in a name is escaped. */
const pageOf = (queues: readonly Named[], valueOf: (metric: number, queue: number) => number) =>
  metricNames
    .map((metric, m) =>
      [
        `# TYPE rabbitmq_detailed_queue_${metric} gauge\n`,
        ...queues.map((queue, q) => line(metric, queue, valueOf(m, q))),
      ].join(''),
    )
    .join('');
const read = (pieces: readonly string[]) => {
  const known = new DetailedQueues();
  const page = new DetailedPage(known);
  for (const piece of pieces) page.feed(piece);
  return known.take();
};

it('reads of every queue what it holds, wherever the page is cut', () => {
  const letters = fc.constantFrom('a', '"', '} ', '"} 5', '",queue="', 'ü', '{', ' ', '1');
  const name = fc.array(letters, { maxLength: 4 }).map((parts) => parts.join(''));
  const vhost = name.filter((text) => !text.includes('",queue="'));
  const queue = fc.record({ vhost, name: name.filter((text) => !text.includes('",queue="')) });
  const queues = fc.uniqueArray(queue, { maxLength: 6, selector: ({ vhost, name }) => `${vhost}",queue="${name}` });
  fc.assert(
    fc.property(queues, fc.array(fc.nat(400), { maxLength: 8 }), (named, cuts) => {
      const text = pageOf(named, (m, q) => 10 * q + m);
      const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
      expect(read(pieces)).toEqual(
        named.map((at, q) => ({
          ...at,
          messages_ready: 10 * q,
          messages_unacknowledged: 10 * q + 1,
          consumers: 10 * q + 3,
        })),
      );
    }),
  );
});

it('finds a queue again that stands elsewhere among those of another metric, or only there', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ vhost: '/', name })) as [Named, Named, Named];
  const page = [
    line('messages_ready', a, 1),
    line('messages_ready', b, 2),
    line('consumers', c, 3),
    line('consumers', a, 4),
  ];
  expect(read([page.join('')])).toEqual([
    { ...a, messages_ready: 1, consumers: 4 },
    { ...b, messages_ready: 2 },
    { ...c, consumers: 3 },
  ]);
});

it('joins what pages say that come side by side', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ vhost: '/', name })) as [Named, Named];
  const known = new DetailedQueues();
  const [lengths, consumers] = [new DetailedPage(known), new DetailedPage(known)];
  lengths.feed(line('messages_ready', a, 1).slice(0, -1));
  consumers.feed(line('consumers', b, 2));
  lengths.feed(`\n${line('messages_ready', b, 3)}`);
  consumers.feed(line('consumers', a, 4));
  expect(known.take()).toEqual([
    { ...b, messages_ready: 3, consumers: 2 },
    { ...a, messages_ready: 1, consumers: 4 },
  ]);
});

it('says in the next sweep only what is said there', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ vhost: '/', name })) as [Named, Named];
  const known = new DetailedQueues();
  new DetailedPage(known).feed(line('messages_ready', a, 1) + line('messages_ready', b, 2) + line('consumers', b, 3));
  expect(known.take()).toHaveLength(2);
  new DetailedPage(known).feed(line('messages_ready', b, 4));
  expect(known.take()).toEqual([{ ...b, messages_ready: 4 }]);
  new DetailedPage(known).feed(line('messages_ready', a, 5));
  expect(known.take()).toEqual([{ ...a, messages_ready: 5 }]);
});

it('leaves out what is no line of the format', () => {
  const lines = [
    '# HELP x',
    line('messages_ready', { vhost: '/', name: 'a' }, 1),
    'rabbitmq_detailed_queue_messages_ready{vhost="/"} 3\n',
  ];
  const odd = [
    'rabbitmq_detailed_queue_messages_ready{vhost="/",queue="b"} NaN\n',
    'rabbitmq_detailed_queue_messages_ready{vhost="/",queue="c"} \n',
  ];
  expect(read([[...lines, ...odd].join('\n')])).toEqual([{ vhost: '/', name: 'a', messages_ready: 1 }]);
});
