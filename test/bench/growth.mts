// `npm run bench:growth`: how cost grows with size. Writes docs/growth.md and a picture of each curve beside it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { analyze } from '../../src/diagnose/analyze';
import { open } from '../../src/measure/rabbitmq/index';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { defaultObjectives } from '../../src/model/pipeline';
import { flow, pipelineOf, ref, stage, watched } from '../harness/observations';
import { projectRoot } from '../harness/tools';
import { engine } from '../harness/hazardEngine';
import { exponentOf, largerHalf, type Curve } from './growth/curve';
import { plot } from './growth/plot';
import { median } from './measured';

const queueSizes = [10, 100, 1000, 10_000];
const stageSizes = [1, 5, 20, 100, 500];
const fileSizes = [100, 300, 1000, 3000, 10_000];

/** Milliseconds of computing, which a busy machine hardly changes: median of some runs after one that warms up; small ones are repeated more often. */
async function timed(work: () => unknown): Promise<number> {
  const once = async () => {
    const began = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  const first = await once();
  const rounds = first > 2000 ? 1 : first > 200 ? 5 : 21;
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await once());
  return median(times);
}

async function curve(
  what: string,
  unit: string,
  most: number,
  sizes: readonly number[],
  at: (size: number) => Promise<() => unknown> | (() => unknown),
): Promise<Curve> {
  const points = [];
  for (const size of sizes) {
    console.error(`${what}: ${size} ${unit} …`);
    points.push({ size, ms: await timed(await at(size)) });
  }
  return { what, unit, most, points };
}

/** A management API of that many queues, answered from memory: what is left is our own cost. */
async function reading(queues: number): Promise<() => Promise<unknown>> {
  const list = JSON.stringify(
    Array.from({ length: queues }, (_, i) => ({
      ...{ vhost: '/', name: `queue-${i}`, type: 'classic', state: 'running', consumers: 2 },
      ...{ messages: i, messages_ready: i, messages_unacknowledged: 0, arguments: {}, effective_policy_definition: {} },
      message_stats: { publish: 10 * i, ack: 9 * i, publish_details: { rate: 1 }, ack_details: { rate: 0.9 } },
    })),
  );
  const overview = JSON.stringify({
    rabbitmq_version: '4.0.0',
    rates_mode: 'basic',
    object_totals: { queues, consumers: 0 },
  });
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    response.setHeader('content-type', 'application/json');
    response.end(path === '/api/overview' ? overview : path === '/api/queues' ? list : '[]');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  const { port } = server.address() as AddressInfo;
  const url = `amqp://127.0.0.1:1?management=http://127.0.0.1:${port}&prometheus=http://127.0.0.1:1`;
  const source = open({ ...parseBrokerUrl(url), name: 'main' }, { wanted: null, log: () => undefined });
  return async () => {
    const { queues: rows } = await source.sweep({
      at: Date.now(),
      signal: new AbortController().signal,
      callTimeoutMs: 60_000,
    });
    if (rows.length !== queues) throw new Error(`${rows.length} of ${queues} queues were read`);
  };
}

function diagnosing(queues: number): () => unknown {
  const flows = Array.from({ length: queues }, (_, i) =>
    flow({ destination: `q${i}`, arrives: 20, finishes: i % 50 === 7 ? 15 : 20 }),
  );
  const observation = watched(flows, { seconds: 60, every: 1.5 });
  return () => analyze(observation, null, { objectives: defaultObjectives, now: observation.to });
}

/** A chain, of which the stage in its middle is too slow. */
function chain(stages: number): () => unknown {
  const slow = Math.floor(stages / 2);
  const flows = Array.from({ length: stages }, (_, i) =>
    flow({ destination: `q${i}`, arrives: i > slow ? 30 : 50, finishes: i >= slow ? 30 : 50 }),
  );
  const pipeline = pipelineOf(
    ...Array.from({ length: stages }, (_, i) =>
      stage(`stage-${i}`, [ref(`q${i}/worker`)], i + 1 < stages ? [ref(`q${i + 1}`)] : []),
    ),
  );
  const observation = watched(flows, { seconds: 60, every: 1.5 });
  return () => {
    const { bottlenecks } = analyze(observation, pipeline, { objectives: defaultObjectives, now: observation.to });
    if (bottlenecks[0]?.stage !== `stage-${slow}`) throw new Error('the slow stage was not found');
  };
}

const source = (i: number) => `package main

import "net"

func serve${i}(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go handle(connection)
	}
}
`;

function scanning(files: number): () => Promise<unknown> {
  return async () => {
    let found = 0;
    for (let i = 0; i < files; i++) found += (await engine.scanText('go', source(i), `file${i}.go`, {})).hazards.length;
    if (found < files) throw new Error(`only ${found} of ${files} places were found`);
  };
}

const curves = [
  await curve('A sweep of RabbitMQ read', 'queues', 1.15, queueSizes, reading),
  await curve('A report of a minute, no pipeline file', 'queues', 1.15, queueSizes, diagnosing),
  // Each stage's names are compared with each queue, and a changed flow settles one stage a round, 200 rounds at most.
  await curve('A report of a chain, its middle too slow', 'stages', 1.8, stageSizes, chain),
  await curve('Go files scanned, one after the other', 'files', 1.1, fileSizes, scanning),
];
const folder = path.join(projectRoot, 'docs/growth');
await mkdir(folder, { recursive: true });
const parts: string[] = [];
let holds = true;
for (const [i, each] of curves.entries()) {
  const exponent = exponentOf(largerHalf(each));
  holds &&= exponent <= each.most;
  await writeFile(path.join(folder, `${i + 1}.svg`), plot(each));
  const rows = each.points.map(({ size, ms }) => `| ${size} | ${ms.toPrecision(3)} |`).join('\n');
  parts.push(`## ${each.what}

Time grows with the number of ${each.unit} to the power of ${exponent.toFixed(2)}, fitted over the larger half; ${each.most} is the most that may be.

![${each.what}, over both logarithms](growth/${i + 1}.svg)

| ${each.unit} | ms |
| ---: | ---: |
${rows}`);
  console.log(
    `${each.what}: exponent ${exponent.toFixed(2)}, at most ${each.most}: ${exponent <= each.most ? 'holds' : 'does not hold'}`,
  );
}
const [cpu] = os.cpus();
const page = path.join(projectRoot, 'docs/growth.md');
const text = `# How cost grows with size

Made by \`npm run bench:growth\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} × ${cpu?.model ?? 'unknown processor'}, Node ${process.version}. Milliseconds of computing, which depend on the machine; exponents hardly do.

${parts.join('\n\n')}
`;
await writeFile(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
process.exitCode = holds ? 0 : 1;
