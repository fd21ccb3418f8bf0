import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createWeb } from 'node:http';
import { createServer as createMail, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../src/measure/open';
import { questionsFor } from '../../src/measure/questions';
import { Sampler } from '../../src/measure/sampler';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import type { Sweep } from '../../src/model/sweep';
import { makeCertificate } from '../harness/certificate';
import { kafkaSubject } from '../harness/faults/kafka';
import { metricsSubject } from '../harness/faults/metrics';
import { natsSubject } from '../harness/faults/nats';
import { prometheusSubject } from '../harness/faults/prometheus';
import { rabbitmqSubject } from '../harness/faults/rabbitmq';
import { redisSubject } from '../harness/faults/redis';
import { sqsSubject } from '../harness/faults/sqs';
import { backlog, queue, secret, type Limited, type Subject } from '../harness/faults/subject';
import { systems, troubles, type SystemName, type Told, type Tools, type Trouble } from '../harness/faults/troubles';
import { describeWith } from '../harness/need';
import { until } from '../harness/process';

const callTimeoutMs = 2000;
const intervalMs = 10_000;

const needed = ['kafka', 'elasticmq', 'moto', 'nats', 'prometheus', 'rabbitmq', 'redis'] as const;
describeWith(needed, 'When on the way', ({ kafka, elasticmq, redis }) => {
  const subjects = new Map<SystemName, Subject>();
  const web = createWeb((_, response) => response.end('hello'));
  const mail = createMail((socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .end('220 mail.example ESMTP\r\n'),
  );
  let tools: Tools;

  beforeAll(async () => {
    const making: Record<SystemName, () => Promise<Subject>> = {
      kafka: () => kafkaSubject(kafka),
      metrics: metricsSubject,
      nats: natsSubject,
      prometheus: prometheusSubject,
      rabbitmq: rabbitmqSubject,
      redis: redisSubject,
      sqs: () => sqsSubject(elasticmq),
    };
    const [good, other, expired] = await Promise.all([makeCertificate(), makeCertificate(), makeCertificate(0)]);
    const authorities = path.join(path.dirname(good.ca), 'authorities.crt');
    await writeFile(authorities, (await Promise.all([good.ca, expired.ca].map((file) => readFile(file)))).join('\n'));
    for (const server of [web, mail]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const [webPort, mailPort] = [web, mail].map((server) => (server.address() as AddressInfo).port) as [number, number];
    tools = { web: webPort, mail: mailPort, good, other, expired, authorities };
    await Promise.all(systems.map(async (system) => subjects.set(system, await making[system]())));
  });
  afterAll(async () => {
    for (const server of [web, mail]) server.close();
    await Promise.all([...subjects.values()].map((subject) => subject.stop()));
  });

  /** Ready to be read, as broker `ill`. */
  const opened = (subject: Subject, url: string, wanted: Limited['wanted']) =>
    openSource(
      { ...parseBrokerUrl(url), name: 'ill' },
      {
        wanted: wanted?.map((queue) => ({ broker: 'ill', ...queue })) ?? null,
        log: () => undefined,
        questions: subject.pipeline && questionsFor(subject.pipeline(url, 'ill'), 'ill'),
      },
    );

  /** Reads a subject and, beside it, a Redis that is well; time passes from sweep to sweep. */
  async function watching(subject: Subject, url: string) {
    let now = Date.UTC(2026, 0, 1);
    const log = () => undefined;
    const ill = await opened(subject, url, subject.wanted ? [subject.wanted] : null);
    const well = await openSource({ ...parseBrokerUrl(redis.url), name: 'well' }, { wanted: [], log });
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const sampler = new Sampler([ill, well], { clock, intervalMs, callTimeoutMs, log });
    return {
      close: () => sampler.close(),
      pass: () => void (now += intervalMs),
      sweep: async () => {
        const began = performance.now();
        const sweep = await sampler.sweep(new AbortController().signal);
        expect(performance.now() - began, 'seconds of a sweep').toBeLessThan(2 * callTimeoutMs + 500);
        expect(sweep.brokers[1], 'the broker beside it').toMatchObject({ name: 'well', state: 'ok', error: null });
        return sweep;
      },
    };
  }
  const rows = ({ queues }: Sweep) =>
    queues.filter(({ broker, destination }) => broker === 'ill' && destination === queue);
  const backlogs = (sweep: Sweep) => [
    sweep.brokers[0]!.error?.message ?? null,
    ...rows(sweep).map((row) => row.backlog),
  ];
  const wellRead = [null, backlog];

  async function recovers({ pass, sweep }: Awaited<ReturnType<typeof watching>>) {
    pass();
    await sweep();
    pass();
    expect((await sweep()).brokers[0], 'after two intervals').toMatchObject({ state: 'ok', error: null });
    // A RabbitMQ that has just started has no statistics for a moment.
    await until('its figures are as before', async () => backlogs(await sweep()).join() === wellRead.join());
  }

  async function suffers(system: SystemName, trouble: Trouble, told: Told | { connected: Told; opened: Told }) {
    const subject = subjects.get(system)!;
    const { secure, login } = trouble.atTheDoor ?? {};
    const choice = { ...(secure && { secure: tools.authorities }), ...(login && { login }) };
    const url = subject.url(subject.proxy.port, choice);
    const connected = trouble.atTheDoor ? null : await watching(subject, url);
    if (connected)
      await until(
        'it is read well',
        async () => (
          await connected.sweep(),
          connected.pass(),
          backlogs(await connected.sweep()).join() === wellRead.join()
        ),
        5000,
      );
    const begun = await trouble.begin(subject, tools, system);
    if (trouble.cuts) await until('the connections are closed', () => Promise.resolve(subject.proxy.connections === 0));
    const late = await watching(subject, url);
    const watchers = [connected, late].filter((one) => one !== null);
    try {
      const seen = await Promise.all(watchers.map((watcher) => (watcher.pass(), watcher.sweep())));
      for (const [i, sweep] of seen.entries()) {
        const watcher = watchers[i];
        const [code, message, next] = 'opened' in told ? told[watcher === late ? 'opened' : 'connected'] : told;
        expect(sweep.brokers[0]).toMatchObject({ state: 'failed' });
        expect(sweep.brokers[0]!.error).toMatchObject({
          code,
          message: expect.stringMatching(message) as string,
          next: expect.stringMatching(next) as string,
        });
        expect(rows(sweep)).toEqual([]);
      }
      if (trouble.end) await trouble.end(subject, tools, begun);
      else {
        subject.proxy.set();
        await subject.proxy.listen();
      }
      if (!login) await Promise.all(watchers.map(recovers));
    } finally {
      await Promise.all(watchers.map((watcher) => watcher.close()));
      subject.proxy.set();
      await subject.proxy.listen();
    }
    web.closeAllConnections();
    await until('its connections are closed', () => Promise.resolve(subject.proxy.connections === 0));
  }

  async function isReplaced(subject: Subject) {
    const url = subject.url(subject.proxy.port);
    const watcher = await watching(subject, url);
    await until('it is read well', async () => backlogs(await watcher.sweep()).join() === wellRead.join());
    subject.proxy.set(await subject.empty());
    subject.proxy.cut();
    await until('the connections are closed', () => Promise.resolve(subject.proxy.connections === 0));
    /** A client may notice only now that its connection is gone: then two intervals later. */
    const readAgain = async () => {
      const sweep = await watcher.sweep();
      if (sweep.brokers[0]?.state === 'ok') return sweep;
      watcher.pass();
      watcher.pass();
      return watcher.sweep();
    };
    try {
      const sweep = await readAgain();
      expect(sweep.brokers[0]).toMatchObject({ state: 'ok', error: null });
      for (const row of rows(sweep)) expect([row.backlog, row.missing.backlog?.kind]).toEqual([null, 'unknown']);
    } finally {
      subject.proxy.set();
      subject.proxy.cut();
    }
    await until('the connections are closed', () => Promise.resolve(subject.proxy.connections === 0));
    expect(backlogs(await readAgain())).toEqual(wellRead);
    await watcher.close();
  }

  async function isDeniedOne(subject: Subject, { url, wanted, told, rows }: Limited) {
    const source = await opened(subject, url(subject.proxy.port), wanted);
    try {
      const request = { at: Date.now(), signal: new AbortController().signal, callTimeoutMs };
      const { broker, queues } = await source.sweep(request);
      expect([broker.state, broker.error?.code ?? null]).toEqual(told);
      expect(queues.filter(({ destination }) => destination === queue).map((row) => row.backlog)).toEqual([backlog]);
      const hidden = queues.filter(({ destination }) => destination === secret);
      expect(hidden).toHaveLength(rows);
      for (const row of hidden) {
        expect(row).toMatchObject({
          backlog: null,
          missing: { backlog: { kind: 'unknown', reason: expect.stringMatching(/denied|may not/) as string } },
        });
      }
    } finally {
      await source.close();
    }
  }

  describe('an empty server takes its place', () => {
    for (const system of systems) {
      it.concurrent(`${system}: what was there is unknown, never 0, and known again afterwards`, () =>
        isReplaced(subjects.get(system)!),
      );
    }
  });

  describe('one of two queues is denied (not metrics: who may read a page may read all of it)', () => {
    for (const system of systems.filter((name) => name !== 'metrics')) {
      it.concurrent(`${system}: that row alone says so`, () => {
        const subject = subjects.get(system)!;
        if (!subject.limited) throw new Error('nobody is limited there');
        return isDeniedOne(subject, subject.limited);
      });
    }
  });

  const held = () => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|Timeout/.test(kind)).length;

  for (const trouble of troubles) {
    const cannot = systems.flatMap((system) => {
      const unlike = trouble.unlike?.[system];
      return typeof unlike === 'string' ? [`not ${system}: ${unlike}`] : [];
    });
    describe(cannot.length === 0 ? trouble.what : `${trouble.what} (${cannot.join('; ')})`, () => {
      let before: number;
      beforeAll(() => void (before = held()));
      for (const system of systems) {
        const told = trouble.unlike?.[system] ?? trouble.told;
        if (typeof told === 'string') continue;
        it.concurrent(`${system} says so, alone, in time, and is read again afterwards`, () =>
          suffers(system, trouble, told),
        );
      }
      it('nothing is left behind', async () => {
        await until('connections and timers are gone', () => Promise.resolve(held() <= before), 5000);
      });
    });
  }
});
