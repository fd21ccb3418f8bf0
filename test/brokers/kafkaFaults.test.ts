import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/kafka/index';
import type { Source, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { faultsProxy, type FaultsProxy } from '../harness/faultsProxy';
import { KafkaFill } from '../harness/kafkaFill';
import { describeWith } from '../harness/need';
import { until } from '../harness/process';

const callTimeoutMs = 5000;

// What goes wrong with every system alike is in faults.test.ts.
describeWith(['kafka'], 'Connections to Kafka', ({ kafka }) => {
  const realPort = Number(kafka.bootstrap.split(':')[1]);
  const sources: Source[] = [];
  let proxy: FaultsProxy;
  let isLoading = false;

  beforeAll(async () => {
    const fill = new KafkaFill(kafka.bootstrap);
    await fill.connect();
    await fill.topic('distant', 2);
    await fill.produce('distant', [5, 6]);
    await fill.commit('traveller', { distant: [1, 2] });
    await fill.disconnect();
    proxy = await faultsProxy(realPort, (piece, port) => {
      advertise(piece, port);
      if (isLoading) sayLoading(piece);
    });
  });
  afterEach(() => Promise.all(sources.splice(0).map((source) => source.close())));
  afterAll(() => proxy.refuse());

  /** The broker tells its own address in every Metadata answer: the proxy's is put in its place. */
  const advertise = (piece: Buffer, port: number) => {
    const address = Buffer.from('127.0.0.1....');
    address.writeInt32BE(realPort, address.length - 4);
    const at = piece.indexOf(address);
    if (at >= 0) piece.writeInt32BE(port, at + address.length - 4);
  };
  /** A coordinator loads its groups for a moment after it has started: too short to be met, so its answer is made one. */
  const sayLoading = (piece: Buffer) => {
    const named = Buffer.from('\x0atraveller\x02\x08distant\x03');
    const at = piece.indexOf(named);
    // Index, offset, epoch, no text, error and tags of both partitions, then the tags of the topic (OffsetFetch v8).
    if (at >= 0) piece.writeInt16BE(14, at + named.length + 2 * (4 + 8 + 4 + 1 + 2 + 1) + 1);
  };
  const opened = (): Source => {
    const named = [{ broker: 'kafka', destination: 'distant', group: 'traveller' }];
    const source = open(parseBrokerUrl(`kafka://127.0.0.1:${proxy.port}`), { wanted: named, log: () => undefined });
    sources.push(source);
    return source;
  };
  const sweep = (source: Source): Promise<SourceReading> =>
    source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });
  const backlogs = ({ broker, queues }: SourceReading) => [broker.state, ...queues.map(({ backlog }) => backlog)];
  const held = () => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|Timeout/.test(kind)).length;
  const quiet = (before: number) => until('connections and timers are gone', () => Promise.resolve(held() <= before));

  it('that were cut while idle are made anew without a word', async () => {
    const before = held();
    const source = opened();
    await sweep(source);
    proxy.cut();
    await quiet(before);
    expect(backlogs(await sweep(source))).toEqual(['ok', 8]);
  });

  it('say of a group that its coordinator is still loading, and read it when that is over', async () => {
    const source = opened();
    isLoading = true;
    const { broker, queues } = await sweep(source);
    isLoading = false;
    expect(broker).toMatchObject({ state: 'ok', error: null });
    expect(queues).toMatchObject([{ group: 'traveller', backlog: null, produced: 11 }]);
    expect(queues[0]?.missing.backlog).toEqual({
      kind: 'unknown',
      reason: 'the group is still being loaded by its coordinator; the next sweep asks again',
    });
    expect(backlogs(await sweep(source))).toEqual(['ok', 8]);
  });
});
