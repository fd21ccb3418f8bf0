import { afterEach, expect, it } from 'vitest';
import { open } from '../../src/measure/kafka/index';
import type { Source, SourceReading } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { Sweep } from '../../src/model/sweep';
import { makeCertificate } from '../harness/certificate';
import { cli } from '../harness/cli';
import { KafkaFill } from '../harness/kafkaFill';
import { kafkaUsers } from '../harness/kafkaProperties';
import { describeWith } from '../harness/need';

describeWith(['kafka'], 'Kafka behind TLS and SASL', ({ kafka }) => {
  const sources: Source[] = [];
  afterEach(() => Promise.all(sources.splice(0).map((source) => source.close())));

  const sweep = (url: string): Promise<SourceReading> => {
    const source = open(parseBrokerUrl(url), { wanted: null, log: () => undefined });
    sources.push(source);
    return source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs: 5000 });
  };
  const tls = () => {
    if (!kafka.tls) throw new Error('no TLS listener');
    return kafka.tls;
  };
  const { username, password } = kafkaUsers.admin;
  const login = `${username}:${password}`;
  const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'];

  it.skipIf(kafka.tls === null)('is read the same by every way in', async () => {
    const { bootstrap, saslBootstrap, ca } = tls();
    const fill = new KafkaFill(kafka.bootstrap);
    await fill.connect();
    await fill.topic('guarded', 2);
    await fill.produce('guarded', [4, 5]);
    await fill.commit('guards', { guarded: [1, 2] });
    await fill.disconnect();
    const ways = [
      `kafka://${kafka.bootstrap}`,
      `kafkas://${bootstrap}?ca=${ca}`,
      ...mechanisms.map((sasl) => `kafka://${login}@${kafka.saslBootstrap ?? ''}?sasl=${sasl}`),
      ...mechanisms.map((sasl) => `kafkas://${login}@${saslBootstrap}?sasl=${sasl}&ca=${ca}`),
    ];
    for (const way of ways) {
      const { broker, queues } = await sweep(way);
      expect(broker.state, way).toBe('ok');
      expect(queues.find(({ id }) => id === 'kafka/guarded/guards')?.backlog, way).toBe(6);
    }
  });

  it.skipIf(kafka.tls === null)('lets in the built program, which carries only the requests that connect', async () => {
    const { saslBootstrap, ca } = tls();
    for (const sasl of mechanisms) {
      const way = `kafkas://${login}@${saslBootstrap}?sasl=${sasl}&ca=${ca}`;
      const { code, stdout, stderr } = await cli(['queues', '--broker', way, '--format', 'json']);
      expect(code, `${sasl}: ${stderr}`).toBe(0);
      expect((JSON.parse(stdout) as Sweep).brokers[0]?.state, sasl).toBe('ok');
    }
  });

  it.skipIf(kafka.tls === null)('is refused with what to do when the certificate is not to be trusted', async () => {
    const { bootstrap, ca } = tls();
    const other = await makeCertificate();
    const untrusted = {
      code: 'tls',
      message: `${bootstrap}: the certificate is not signed by a trusted authority`,
      next: 'give its authority: ca=FILE',
    };
    await expect(sweep(`kafkas://${bootstrap}`)).rejects.toMatchObject(untrusted);
    await expect(sweep(`kafkas://${bootstrap}?ca=${other.ca}`)).rejects.toMatchObject(untrusted);
    await expect(sweep(`kafkas://${bootstrap}?ca=${ca}&serverName=kafka.example`)).rejects.toMatchObject({
      code: 'tls',
      message: `${bootstrap}: the certificate is for another name`,
    });
    await expect(sweep(`kafkas://${bootstrap}?ca=${import.meta.filename}`)).rejects.toMatchObject({
      code: 'tls',
      message: `${import.meta.filename} is not a PEM file`,
    });
    await expect(sweep(`kafkas://${bootstrap}?ca=${ca}.none`)).rejects.toMatchObject({ code: 'tls' });
  });

  it.skipIf(kafka.tls === null)('says when one side speaks TLS and the other does not', async () => {
    const { bootstrap, saslBootstrap, ca } = tls();
    for (const address of [bootstrap, `${login}@${saslBootstrap}`]) {
      await expect(sweep(`kafka://${address}`)).rejects.toMatchObject({
        code: 'tls',
        next: 'use kafkas:// instead of kafka://',
      });
    }
    await expect(sweep(`kafkas://${kafka.bootstrap}?ca=${ca}`)).rejects.toMatchObject({
      code: 'tls',
      message: `${kafka.bootstrap}: this port does not speak TLS`,
    });
  });
});
