import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/kafka/index';
import type { Source, SourceError, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { faultsProxy, type FaultsProxy } from '../harness/faultsProxy';
import { KafkaFill } from '../harness/kafkaFill';
import { describeWith } from '../harness/need';
import { until } from '../harness/process';

const callTimeoutMs = 600;
type Told = Pick<SourceError, 'code' | 'message' | 'next'>;
const silence: Told = {
  code: 'timeout',
  message: 'no answer within 0.6 s',
  next: 'check that this is a Kafka port, and the VPN and firewall on the way',
};
const lost: Told = {
  code: 'unreachable',
  message: 'the connection was lost',
  next: 'if that goes on, see the broker’s log and what lies between',
};
interface Trouble {
  what: string;
  begin: (proxy: FaultsProxy, httpPort: number) => Promise<void> | void;
  /** It ends the connections that are open. */
  cuts?: true;
  /** What a source says that was connected when it began, and one opened in the middle of it. */
  connected: Told;
  opened: Told;
}
const refused: Told = {
  code: 'unreachable',
  message: 'nothing listens there',
  next: 'check host and port, and that the broker is running',
};
const table: Trouble[] = [
  {
    what: 'nothing listens any more',
    cuts: true,
    begin: (proxy) => proxy.refuse(),
    connected: refused,
    opened: refused,
  },
  { what: 'answers vanish', begin: (proxy) => proxy.set({ swallow: true }), connected: silence, opened: silence },
  { what: 'answers drip', begin: (proxy) => proxy.set({ dripMs: 50 }), connected: silence, opened: silence },
  { what: 'it stalls', begin: (proxy) => proxy.set({ delayMs: 2000 }), connected: silence, opened: silence },
  {
    what: 'an answer is cut in its middle',
    begin: (proxy) => proxy.set({ cutAfter: 30 }),
    connected: lost,
    opened: {
      code: 'denied',
      message: 'it closed the connection at once',
      next: 'it may want credentials: kafka://user:password@host:port',
    },
  },
  {
    what: 'another server has the port',
    cuts: true,
    begin: (proxy, httpPort) => {
      proxy.set({ port: httpPort });
      proxy.cut();
    },
    connected: lost,
    opened: {
      code: 'wrong-system',
      message: 'this port speaks HTTP, not Kafka',
      next: 'use a broker’s own port, often 9092',
    },
  },
];

describeWith(['kafka'], 'Faults on the way to Kafka', ({ kafka }) => {
  const realPort = Number(kafka.bootstrap.split(':')[1]);
  const web = createServer((_, response) => response.end('hello'));
  const sources: Source[] = [];
  let proxy: FaultsProxy;

  beforeAll(async () => {
    const fill = new KafkaFill(kafka.bootstrap);
    await fill.connect();
    await fill.topic('distant', 2);
    await fill.produce('distant', [5, 6]);
    await fill.commit('traveller', { distant: [1, 2] });
    await fill.disconnect();
    proxy = await faultsProxy(realPort, advertise);
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.close()));
    proxy.set();
    await proxy.listen();
  });
  afterAll(async () => {
    await proxy.refuse();
    web.close();
  });

  /** The broker tells its own address in every Metadata answer: the proxy's is put in its place. */
  const advertise = (piece: Buffer, port: number) => {
    const address = Buffer.from('127.0.0.1....');
    address.writeInt32BE(realPort, address.length - 4);
    const at = piece.indexOf(address);
    if (at >= 0) piece.writeInt32BE(port, at + address.length - 4);
  };
  const opened = (): Source => {
    const named = [{ broker: 'kafka', destination: 'distant', group: 'traveller' }];
    const source = open(parseBrokerUrl(`kafka://127.0.0.1:${proxy.port}`), { wanted: named, log: () => undefined });
    sources.push(source);
    return source;
  };
  const sweep = (source: Source, timeoutMs = callTimeoutMs): Promise<SourceReading> =>
    source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs: timeoutMs });
  const backlogs = ({ broker, queues }: SourceReading) => [broker.state, ...queues.map(({ backlog }) => backlog)];
  const held = () => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|Timeout/.test(kind)).length;

  const quiet = (before: number) => until('connections and timers are gone', () => Promise.resolve(held() <= before));

  it.each(table)('are told and end: $what', async ({ begin, cuts, connected, opened: atOnce }) => {
    const before = held();
    const source = opened();
    expect(backlogs(await sweep(source, 5000))).toEqual(['ok', 8]);
    await begin(proxy, (web.address() as AddressInfo).port);
    if (cuts) await quiet(before);
    for (const [asked, told] of [
      [source, connected],
      [opened(), atOnce],
    ] as const) {
      const began = performance.now();
      const message = `127.0.0.1:${proxy.port}: ${told.message}`;
      await expect(sweep(asked)).rejects.toMatchObject({ ...told, message });
      expect(performance.now() - began).toBeLessThan(2 * callTimeoutMs);
    }
    proxy.set();
    await proxy.listen();
    expect(backlogs(await sweep(source, 5000))).toEqual(['ok', 8]);
    await Promise.all(sources.splice(0).map((one) => one.close()));
    web.closeAllConnections();
    proxy.cut();
    await quiet(before);
  });

  it('that only cut an idle connection are not noticed at all', async () => {
    const before = held();
    const source = opened();
    await sweep(source, 5000);
    proxy.cut();
    await quiet(before);
    expect(backlogs(await sweep(source, 5000))).toEqual(['ok', 8]);
  });

  it('or not, fifty sources opened, read and closed leave nothing behind', async () => {
    const before = held();
    for (let cycle = 0; cycle < 50; cycle++) {
      const source = opened();
      expect(backlogs(await sweep(source, 5000))).toEqual(['ok', 8]);
      await source.close();
    }
    await quiet(before);
  });
});
