import { describe, expect, it } from 'vitest';
import { parsePipelineFile } from '../../../src/model/pipelineFile';

const orders = `pipeline: orders
brokers:
  main: { url: "kafka://127.0.0.1:9092" }
stages:
  validator:
    consumes: [{ destination: orders, group: validator }]
    produces: [{ broker: main, destination: validated, capacity: 10000 }]
    instances: 3
objectives: { maxAgeSeconds: 30 }
`;
const problemsOf = (text: string, env = {}) =>
  parsePipelineFile(text, env).problems.map((p) => `${p.severity} ${p.line}:${p.column} ${p.message}`);

describe('a pipeline file', () => {
  it('names brokers, stages and their queues; the only broker need not be named', () => {
    const { pipeline, problems } = parsePipelineFile(orders, {});
    expect(problems).toEqual([]);
    expect(pipeline?.name).toBe('orders');
    expect(pipeline?.brokers[0]).toMatchObject({
      name: 'main',
      system: 'kafka',
      hosts: [{ host: '127.0.0.1', port: 9092 }],
    });
    expect(pipeline?.stages[0]).toMatchObject({
      name: 'validator',
      instances: 3,
      consumes: [{ id: 'main/orders/validator', broker: 'main', group: 'validator' }],
      produces: [{ id: 'main/validated', capacity: 10_000 }],
    });
    expect(pipeline?.objectives).toEqual({ maxAgeSeconds: 30, drainSeconds: 600, utilisation: 0.7 });
  });

  it('takes secrets from the environment', () => {
    const text = orders.replace('kafka://127.0.0.1:9092', 'kafka://u:${env:PASSWORD}@127.0.0.1:9092');
    expect(parsePipelineFile(text, { PASSWORD: 's%40fe' }).pipeline?.brokers[0]?.password).toBe('s@fe');
    expect(problemsOf(text)).toEqual(['error 3:16 the environment variable PASSWORD is not set']);
  });

  it('takes the default virtual host from the path of an amqp URL', () => {
    const text = orders.replace('kafka://127.0.0.1:9092', 'amqp://127.0.0.1/sales');
    expect(parsePipelineFile(text, {}).pipeline?.stages[0]?.consumes[0]?.id).toBe('main/sales~orders/validator');
  });

  it('warns of unknown keys with a suggestion and reads the rest', () => {
    const text = orders.replace('instances: 3', 'instanses: 3');
    expect(problemsOf(text)).toEqual(['warning 8:5 unknown key "instanses", did you mean "instances"?']);
    expect(parsePipelineFile(text, {}).pipeline?.stages[0]?.instances).toBeNull();
  });

  it('carries what a Prometheus is asked for', () => {
    const text = `brokers: { prom: { url: "prometheus+http://h:9090" }, main: { url: "kafka://h" } }
stages:
  a:
    consumes: [{ broker: prom, destination: orders, backlog: depth }, { broker: main, destination: orders }]
    metrics: { from: prom, cpu: max(share) }
steps: { from: prom }
history: { from: prom }
`;
    const { pipeline, problems } = parsePipelineFile(text, {});
    expect(problems).toEqual([]);
    expect(pipeline).toMatchObject({ stepsFrom: 'prom', historyFrom: 'prom' });
    const [stage] = pipeline?.stages ?? [];
    expect(stage?.consumes.map(({ figures }) => figures)).toEqual([
      { backlog: 'depth', produced: null, consumed: null },
      undefined,
    ]);
    expect(stage?.metrics).toEqual({ from: 'prom', processed: null, cpu: 'max(share)', memory: null, network: null });
    expect(problemsOf(text.replace('metrics: { from: prom', 'metrics: { from: main'))).toEqual([
      'error 5:22 "main" is kafka:, but this is read from a prometheus+http or metrics+http broker',
    ]);
    expect(problemsOf(text.replace('prometheus+http:', 'metrics+http:'))).toEqual([
      'error 7:18 "prom" is metrics+http:, but this is read from a prometheus+http broker',
    ]);
  });

  it.each([
    ['a wrong type', orders.replace('instances: 3', 'instances: many'), /^error 8:16 "instances": /],
    [
      'an unknown broker',
      orders.replace('broker: main', 'broker: mian'),
      /^error 7:26 unknown broker "mian", did you mean "main"\?/,
    ],
    ['a duplicate stage', `${orders}stages: {}\n`, /^error 10:1 "stages" stands here twice/],
    ['broken YAML', 'brokers: [', /^error 1:\d+ /],
    ['an empty file', '', /^error 1:1 the file is empty/],
    ['a list instead of a map', '- a\n', /^error 1:1 "?the file/],
    ['no brokers', 'stages: { a: {} }\n', /^error 1:1 no broker is named/],
    ['port 99999', orders.replace('9092', '99999'), /^error 3:16 "99999" is no port/],
    ['a URL without host', orders.replace('127.0.0.1:9092', ''), /^error 3:16 the URL names no host/],
    ['an unknown kind of broker', orders.replace('kafka:', 'kafak:'), /^error 3:16 unknown kind of broker "kafak:"/],
  ])('reports %s with its line and column, and is never half used', (_, text, expected) => {
    expect(problemsOf(text)[0]).toMatch(expected);
    expect(parsePipelineFile(text, {}).pipeline).toBeNull();
  });

  it('stops at an alias bomb', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((n, i) => `${n}: &${n} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(problemsOf(bomb)[0]).toMatch(/^error 1:1 .*alias/i);
  });
});

describe('the version of a pipeline file', () => {
  const rest = 'brokers: { main: { url: "demo:" } }\nstages: { one: { consumes: [{ destination: orders }] } }\n';

  it('need not be named, and may be 1', () => {
    for (const head of ['', 'version: 1\n']) expect(parsePipelineFile(head + rest, {})).toMatchObject({ problems: [] });
  });

  it.each(['2', '"1"'])('that is not known is refused with what to do: %s', (version) => {
    const { pipeline, problems } = parsePipelineFile(`version: ${version}\n${rest}`, {});
    expect(pipeline).toBeNull();
    expect(problems).toEqual([
      {
        ...{ severity: 'error', line: 1, column: 10 },
        message: `"version": this file is of version ${version}; version 1 is read here: a newer Backpressure Analyzer reads later ones`,
      },
    ]);
  });
});
