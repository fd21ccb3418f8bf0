import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../../src/hazards/across/facts';
import { Package, type Joined } from '../../../src/hazards/across/join';
import type { Found } from '../../../src/hazards/engine';
import { languageOf } from '../../../src/hazards/languages/named';
import { engine } from '../../harness/hazardEngine';
import { packages } from './across/packages';

/** What the files of a package show together, and how many hazards each shows by itself. */
async function judged(
  files: Record<string, string>,
  order = Object.keys(files),
): Promise<Joined<Found> & { alone: number }> {
  const told = new Map<string, FileFacts<Found>>();
  let alone = 0;
  for (const path of order) {
    const language = languageOf(path);
    if (!language) throw new Error(`${path} is in no language`);
    const scan = await engine.scanText(language, files[path] ?? '', path);
    alone += scan.hazards.filter(({ level }) => level === 'diagnostic').length;
    if (scan.told) told.set(path, scan.told);
  }
  return { ...new Package(told).all(), alone };
}

describe('a hazard that only two files together show', () => {
  it.each(packages)('$language: $title', async ({ files, rule, place, way }) => {
    const { hazards, alone } = await judged(files);
    expect(alone).toBe(0);
    expect(hazards.map(({ rule: id, path, line }) => [id, `${path}:${line}`])).toEqual([[rule, place]]);
    expect(hazards[0]?.message).toContain(way);
    const backwards = await judged(files, Object.keys(files).reverse());
    expect(backwards.hazards).toEqual(hazards);
  });

  it.each(packages)('$language: is none where the other file bounds it: $title', async ({ files, bounded }) => {
    const { hazards, passed, alone } = await judged({ ...files, ...bounded });
    expect({ hazards, alone }).toEqual({ hazards: [], alone: 0 });
    expect(passed).toHaveLength(1);
  });

  it.each(packages)('$language: is none where nothing calls it for each item: $title', async ({ files, place }) => {
    const [path = ''] = place.split(':');
    const { hazards, alone } = await judged({ [path]: files[path] ?? '' });
    expect({ hazards, alone }).toEqual({ hazards: [], alone: 0 });
  });

  it('has no fix where another file would fail when the queue is full', async () => {
    const files = packages[1]?.files ?? {};
    const fixesWith = async (call: string) => {
      const changed = Object.entries(files).map(([name, text]) => [
        name,
        text.replace('await self.session.waiting.put', call),
      ]);
      const { hazards } = await judged(Object.fromEntries(changed) as Record<string, string>);
      return hazards.map(({ fixes }) => fixes.map(({ id }) => id));
    };
    expect(await fixesWith('await self.session.waiting.put')).toEqual([['py/unbounded-queue/size']]);
    expect(await fixesWith('self.session.waiting.put_nowait')).toEqual([[]]);
  });

  const kept = packages.find(({ place }) => place === 'shop/Inbox.java:7')?.files['shop/Inbox.java'] ?? '';
  const calling = (imported: string, body: string) =>
    judged({
      'shop/Inbox.java': kept,
      'shop/Orders.java': `package shop;\n\nimport ${imported};\n\nclass Orders {\n  private final Inbox inbox = new Inbox();\n\n${body}\n}\n`,
    });

  it.each([
    ['a loop', 'while (true) {\nvar order = consumer.poll(TIMEOUT);\ninbox.accept(order);\n}'],
    ['a loop that tries once', 'do {\nvar order = consumer.poll(TIMEOUT);\ninbox.accept(order);\n} while (running);'],
    ['a loop without a condition', 'for (;;) {\nvar order = consumer.poll(TIMEOUT);\ninbox.accept(order);\n}'],
  ])('is one in Java where it is called by %s that receives', async (_sentence, loop) => {
    const body = (text: string) => `void poll(KafkaConsumer<String, String> consumer) {\n${text}\n}`;
    const imported = 'org.apache.kafka.clients.consumer.KafkaConsumer';
    expect((await calling(imported, body(loop))).hazards).toHaveLength(1);
    expect((await calling(imported, body(loop.replace('consumer.poll(TIMEOUT)', 'shop.load()')))).hazards).toEqual([]);
  });

  it('is one in Java where it is called by a function that a library is handed, but not by one that is kept', async () => {
    const listen = (call: string) => `void listen(Channel channel) {\n${call}(tag, order) -> inbox.accept(order));\n}`;
    const consume = listen('channel.basicConsume("orders", false, ');
    expect((await calling('com.rabbitmq.client.Channel', consume)).hazards).toHaveLength(1);
    expect((await calling('com.rabbitmq.client.Channel', listen('whenIdle('))).hazards).toEqual([]);
  });

  it.each([
    ['that is put onto a client', 'paho.mqtt.client', 'def listen(client):\n    client.on_message = passed\n\n'],
    ['that is handed a client for an event', 'socketio', "def listen(sio):\n    sio.on('message', passed)\n\n"],
    [
      'that is handed a client by the name of an argument',
      'pika',
      "def listen(channel):\n    channel.basic_consume('orders', on_message_callback=passed)\n\n",
    ],
    ['that a decorator subscribes', 'faststream', "@broker.subscriber('orders')\n"],
  ])('is one in Python where it is called by a function %s', async (_sentence, imported, before) => {
    const worker = packages.find(({ place }) => place === 'shop/worker.py:7')?.files['shop/worker.py'] ?? '';
    const consume = `import ${imported}\nfrom .worker import process\n\n${before}async def passed(order):\n    await process(order)\n`;
    const found = async (text: string) =>
      (await judged({ 'shop/worker.py': worker, 'shop/consume.py': text })).hazards.map(({ rule }) => rule);
    expect(await found(consume)).toEqual(['py/unbounded-spawn']);
    expect(await found(consume.replace(before, ''))).toEqual([]);
  });
});
