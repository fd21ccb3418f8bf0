import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import type { ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { longestAnswer } from '../../src/measure/inflow';
import { openSource } from '../../src/measure/open';
import { questionsFor } from '../../src/measure/questions';
import { Sampler } from '../../src/measure/sampler';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { parsePipelineFile } from '../../src/model/pipelineFile';
import type { BrokerError } from '../../src/model/sweep';
import {
  floodWith,
  hostileSocket,
  hostileWeb,
  kafkaFrame,
  kafkaKey,
  kafkaNumber,
  kafkaVersions,
  type HostileServer,
} from '../harness/hostile';

const callTimeoutMs = 3000;
/** Of the whole process, in which the hostile servers run too: a gigabyte that is kept would be above it. Kilobytes. */
const mostMemory = 1_300_000;
const megabyte = 1024 * 1024;
const blanks = Buffer.alloc(64 * 1024, ' ');

/** Reads a hostile broker once. @returns what its row says; null where it is read in spite of all */
async function told(url: string, callTimeoutMs: number): Promise<BrokerError | null> {
  const config = { ...parseBrokerUrl(url), name: 'ill' };
  const text = `brokers: { ill: { url: "${url}" } }
stages: { one: { consumes: [{ broker: ill, destination: orders, backlog: depth }] } }`;
  const { pipeline } = parsePipelineFile(text, {});
  const source = await openSource(config, {
    wanted: null,
    log: () => undefined,
    questions: pipeline && config.system === 'prometheus' ? questionsFor(pipeline, 'ill') : undefined,
  });
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const sampler = new Sampler([source], { clock, intervalMs: 10_000, callTimeoutMs, log: () => undefined });
  const stall = monitorEventLoopDelay({ resolution: 20 });
  stall.enable();
  const began = performance.now();
  try {
    const { brokers } = await sampler.sweep(new AbortController().signal);
    return brokers[0]?.error ?? null;
  } finally {
    stall.disable();
    expect(performance.now() - began, 'milliseconds of the sweep').toBeLessThan(2 * callTimeoutMs + 1500);
    expect(stall.max / 1e6, 'milliseconds in which nothing else could be done').toBeLessThan(2500);
    await sampler.close();
  }
}

async function against(server: Promise<HostileServer>, url: (port: number) => string, timeoutMs = callTimeoutMs) {
  const hostile = await server;
  try {
    return await told(url(hostile.port), timeoutMs);
  } finally {
    expect(hostile.sent, 'bytes that were taken of it').toBeLessThan(2 * longestAnswer);
    await hostile.close();
  }
}

const tooMuch = { code: 'unsupported', message: expect.stringMatching(/more than is read/) as string };
/** By what the machine manages in the time there is. */
const lateOrTooMuch = { code: expect.stringMatching(/unsupported|timeout/) as string };
const packed = { code: 'unsupported', message: expect.stringMatching(/compressed though nobody asked/) as string };

afterAll(() => {
  expect(process.resourceUsage().maxRSS, 'kilobytes that were ever held').toBeLessThan(mostMemory);
});

describe('A hostile Kafka', () => {
  const url = (port: number) => `kafka://127.0.0.1:${port}`;
  /** The first answer is that of a Kafka; all others are `then`. */
  const kafka = (then: (request: Buffer, socket: Socket, sent: (bytes: number) => void) => void) =>
    hostileSocket((socket, sent) =>
      socket.on('data', (request) => {
        if (kafkaKey(request) === 18) socket.write(kafkaVersions(request));
        else then(request, socket, sent);
      }),
    );

  it('that announces an answer of two gigabytes is left before they come', async () => {
    const server = hostileSocket((socket, sent) =>
      socket.once('data', () => {
        socket.write(kafkaNumber(2 ** 31 - 1));
        floodWith(socket, blanks, sent);
      }),
    );
    expect(await against(server, url)).toMatchObject(tooMuch);
  });

  it('that announces two billion requests it offers, and tells none, is no Kafka', async () => {
    const server = hostileSocket((socket) =>
      socket.on('data', (request) => {
        socket.write(kafkaFrame(request, Buffer.alloc(2), kafkaNumber(2 ** 31 - 1)));
      }),
    );
    expect(await against(server, url)).toMatchObject({ code: 'wrong-system' });
  });

  it('that announces two billion brokers, and tells none, is no Kafka', async () => {
    const server = kafka((request, socket) => {
      socket.write(kafkaFrame(request, kafkaNumber(0), kafkaNumber(2 ** 31 - 1)));
    });
    expect(await against(server, url)).toMatchObject({ code: 'wrong-system' });
  });

  it.each([-1, -4, -8, -12, -1000, -(2 ** 31)])('whose answer has the length %i ends nothing but itself', async (n) => {
    const server = hostileSocket((socket) =>
      socket.on('data', () => socket.write(Buffer.concat([kafkaNumber(n), blanks.subarray(0, 5000)]))),
    );
    expect(await against(server, url)).not.toBeNull();
  });
});

describe('A hostile Redis', () => {
  const url = (port: number) => `redis://127.0.0.1:${port}`;
  const redis = (reply: (request: string, socket: Socket, sent: (bytes: number) => void) => void) =>
    hostileSocket((socket, sent) => socket.on('data', (bytes) => reply(bytes.toString('latin1'), socket, sent)));

  it('that sends a gigabyte for a word is left', async () => {
    const server = redis((_, socket, sent) => {
      socket.write('$1000000000\r\n');
      floodWith(socket, blanks, sent);
    });
    expect(await against(server, url)).toMatchObject(tooMuch);
  });

  it('that announces lists in lists, each of thirty million, is left before room is made for them', async () => {
    const server = redis((_, socket) => void socket.write('*30000000\r\n'.repeat(60)));
    expect(await against(server, url)).toMatchObject(tooMuch);
  });

  it('whose answer is a list in a list in a list, a million deep, ends nothing but itself', async () => {
    const server = redis((_, socket) => void socket.write('*1\r\n'.repeat(1_000_000)));
    expect(await against(server, url)).not.toBeNull();
  });

  it('whose walk over its keys never ends is left', async () => {
    const member = '$12\r\nkey-';
    let count = 0;
    const server = redis((request, socket) => {
      for (const [, name] of request.matchAll(/\$\d+\r\n(INFO|SCAN|TYPE|XINFO|LLEN|SMEMBERS|HLEN)\r\n/g)) {
        if (name !== 'SCAN') socket.write('$0\r\n\r\n');
        else {
          const keys = Array.from({ length: 1000 }, () => `${member}${String(count++).padStart(8, '0')}\r\n`);
          socket.write(`*2\r\n$1\r\n7\r\n*1000\r\n${keys.join('')}`);
        }
      }
    });
    expect(await against(server, url, 1000)).toMatchObject(lateOrTooMuch);
  });
});

describe('A hostile NATS', () => {
  const url = (port: number) => `nats://127.0.0.1:${port}`;
  const info = 'INFO {"server_id":"x","version":"2.10.0","proto":1,"max_payload":1048576,"headers":true}\r\n';

  it('whose message never ends is left', async () => {
    const server = hostileSocket((socket, sent) => {
      socket.write(info);
      socket.on('data', (bytes) => {
        const text = bytes.toString('latin1');
        if (text.includes('PUB ')) {
          socket.write('MSG _INBOX.x 1 60000000\r\n');
          floodWith(socket, blanks, sent);
        } else if (text.includes('PING')) socket.write('PONG\r\n');
      });
    });
    expect(await against(server, url)).toMatchObject(tooMuch);
  });

  it('whose greeting never ends is left', async () => {
    const server = hostileSocket((socket, sent) => {
      socket.write('INFO ');
      floodWith(socket, blanks, sent);
    });
    expect(await against(server, url)).toMatchObject(tooMuch);
  });
});

type Answering = (path: string, response: ServerResponse, flood: (piece: Buffer | string) => void) => void;
const webs = {
  rabbitmq: (port: number) => `amqp://127.0.0.1:1?management=http://127.0.0.1:${port}`,
  sqs: (port: number) => `sqs+http://a:b@127.0.0.1:${port}?region=eu-west-1`,
  prometheus: (port: number) => `prometheus+http://127.0.0.1:${port}`,
  metrics: (port: number) => `metrics+http://127.0.0.1:${port}/metrics`,
};
const json = { 'content-type': 'application/json' };
/** A gigabyte of one letter in a megabyte. */
const bomb = Buffer.concat(new Array<Buffer>(16).fill(gzipSync(Buffer.alloc(64 * megabyte, 'a'))));

describe.each(Object.entries(webs))('A hostile server in place of %s', (system, url) => {
  const isSqs = system === 'sqs';

  it('that never ends its answer is left', async () => {
    const endless: Answering = (_, response, flood) => {
      response.writeHead(200, json);
      if (system !== 'metrics') response.write('[');
      flood(system === 'metrics' ? '# nothing to see\n'.repeat(1000) : '{},'.repeat(10_000));
    };
    expect(await against(hostileWeb(endless), url)).toMatchObject(tooMuch);
  });

  // Of AWS' own client nothing is unpacked either: it would be no JSON.
  if (!isSqs) {
    it('that packs a gigabyte into a megabyte is never unpacked', async () => {
      const packing: Answering = (_, response) => {
        response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb);
      };
      expect(await against(hostileWeb(packing), url)).toMatchObject(packed);
    });
  }

  it('that answers with five million brackets in each other is left', async () => {
    const deep = '['.repeat(5_000_000) + ']'.repeat(5_000_000);
    const deepening: Answering = (_, response) => void response.writeHead(200, json).end(deep);
    expect(await against(hostileWeb(deepening), url)).toMatchObject(isSqs ? tooMuch : { code: 'wrong-system' });
  });
});

it('A hostile SQS whose list of queues always has a next page is left', async () => {
  const urls = Array.from({ length: 1000 }, (_, i) => `http://127.0.0.1/000000000000/queue-${i}`);
  const page = JSON.stringify({ QueueUrls: urls, NextToken: 'more' });
  const paging: Answering = (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(page);
  expect(await against(hostileWeb(paging), webs.sqs, 1000)).toMatchObject(lateOrTooMuch);
});

describe('A hostile page of metrics costs its length, not its square', () => {
  it.each([
    ['blanks where labels could be', `a{${' '.repeat(900_000)}x`],
    ['digits that are no number', `a ${'1'.repeat(900_000)}x`],
    ['labels without an end', `a{${'b="c",'.repeat(120_000)}x`],
    ['a label text without an end', `a{b="${'\\\\'.repeat(400_000)}`],
  ])('%s', async (_, line) => {
    const page: Answering = (_, response) => void response.writeHead(200).end(`${line}\n`);
    expect(await against(hostileWeb(page), webs.metrics)).toMatchObject({ code: 'wrong-system' });
  });
});
