import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { matching } from '../../../src/discover/match/names';
import { deriveTopology } from '../../../src/discover/topology/derive';
import { processesOf } from '../../../src/discover/topology/processes';
import { pipelineYaml } from '../../../src/discover/topology/write';
import { parsePipelineFile } from '../../../src/model/pipelineFile';
import type { SourceReference } from '../../../src/model/scan';
import { queueReading } from '../../../src/model/sweep';

const reference = (
  path: string,
  role: SourceReference['role'],
  destination: string | null,
  more: Partial<SourceReference> = {},
): SourceReference => ({
  path,
  line: 1,
  role,
  system: 'kafka',
  destination,
  group: null,
  confidence: 'literal',
  ...more,
});

const validator = { name: 'validator', files: ['validator/main.go'] };

describe('a pipeline derived from source', () => {
  it('has a stage for each process, with the places that say so', () => {
    const references = [
      reference('validator/main.go', 'consume', 'orders', { group: 'validator', line: 12 }),
      reference('validator/main.go', 'consume', 'orders', { group: 'validator', line: 40, confidence: 'constant' }),
      reference('validator/main.go', 'produce', 'validated', { line: 31 }),
      reference('validator/main.go', 'declare', 'orders'),
    ];
    expect(deriveTopology(references, [validator, { name: 'idle', files: ['idle/main.go'] }], [])).toEqual({
      stages: [
        {
          name: 'validator',
          consumes: [
            {
              system: 'kafka',
              destination: 'orders',
              group: 'validator',
              origins: ['validator/main.go:12 (literal)', 'validator/main.go:40 (constant)'],
            },
          ],
          produces: [
            { system: 'kafka', destination: 'validated', group: null, origins: ['validator/main.go:31 (literal)'] },
          ],
        },
      ],
      unresolved: [],
      conflicts: [],
    });
  });

  it('never guesses a name that only the running program knows', () => {
    const { stages, unresolved } = deriveTopology([reference('validator/main.go', 'produce', null)], [validator], []);
    expect(stages).toEqual([]);
    expect(unresolved).toEqual([
      { path: 'validator/main.go', line: 1, text: 'its name is only known when the program runs' },
    ]);
  });

  it('finds the queues behind an exchange and a pattern where a broker was read', () => {
    const row = (destination: string, bindings: { exchange: string; key: string }[] | null) =>
      queueReading.parse({
        id: `r/${destination}`,
        broker: 'r',
        system: 'rabbitmq',
        kind: 'queue',
        destination,
        bindings,
      });
    const queues = [
      row('paid', [{ exchange: 'events', key: 'order.*' }]),
      row('refunds.eu', [{ exchange: 'events', key: 'refund.#' }]),
    ];
    const produced = (destination: string) => {
      const references = [reference('validator/main.go', 'produce', destination, { system: 'rabbitmq' })];
      return deriveTopology(references, [validator], queues).stages.flatMap(({ produces }) =>
        produces.map((queue) => queue.destination),
      );
    };
    expect(produced('events/order.paid')).toEqual(['paid']);
    expect(produced('events/refund.eu.north')).toEqual(['refunds.eu']);
    expect(produced('events/order.*')).toEqual(['paid']);
    expect(produced('refunds.*')).toEqual(['refunds.eu']);
    expect(produced('others/order.paid')).toEqual([]);
  });

  it('has whom a broker sees publish, and guesses none of several queues for several clients', () => {
    const seen = { broker: 'r', system: 'rabbitmq', exchange: 'events', ambiguous: false } as const;
    const references = [reference('validator/main.go', 'produce', 'orders', { system: 'rabbitmq' })];
    const publishers = [
      { ...seen, client: 'validator-2', destinations: ['orders', 'paid'] },
      { ...seen, client: 'importer', destinations: ['orders', 'raw'] },
      { ...seen, client: null, destinations: ['secret'] },
      { ...seen, client: 'mailer', destinations: ['mail', 'post'], ambiguous: true },
    ];
    const { stages, conflicts } = deriveTopology(references, [validator], [], publishers);
    const told = stages.map(({ name, produces }) => [name, ...produces.map(({ destination }) => destination)]);
    expect(told).toEqual([
      ['importer', 'orders', 'raw'],
      ['validator', 'orders', 'paid'],
    ]);
    expect(stages[1]?.produces[0]?.origins).toEqual([
      'validator/main.go:1 (literal)',
      'r: client validator publishes to it',
    ]);
    expect(stages[0]?.produces[0]?.origins).toEqual(['r: client importer publishes to it']);
    expect(conflicts).toEqual([
      'paid: r: client validator publishes to it, the code of validator does not name it',
      'r: client mailer publishes to the exchange events, as others do; which of mail, post gets it, only the code tells',
    ]);
  });

  it('takes a pattern letter by letter', () => {
    expect(matching('a.*', ['a.b', 'axb', 'a.'])).toEqual(['a.b', 'a.']);
    expect(matching('(a+)+*', ['(a+)+!', 'aa'])).toEqual(['(a+)+!']);
  });
});

describe('the processes of a workspace', () => {
  const tree: Record<string, string> = {
    'services/validator/main.go': 'package main',
    'services/validator/internal/consume.go': 'package internal',
    'services/mailer/package.json': '{}',
    'services/mailer/src/worker.ts': '',
    'scripts/fill.py': "if __name__ == '__main__':\n    main()\n",
    'scripts/lib.py': '',
    'package.json': '{ "scripts": { "audit": "node audit.js" } }',
    'audit.js': '',
    'index.js': '',
  };
  const workspace = {
    name: 'shop',
    list: (folder: string) =>
      Object.keys(tree).flatMap((file) => {
        const below = folder === '' ? file : file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : '';
        return below === '' ? [] : [below.split('/')[0] ?? ''];
      }),
    read: (path: string) => tree[path] ?? null,
  };

  it('are the folders that are built, and the files that are started alone', () => {
    const files = Object.keys(tree).filter((file) => !file.endsWith('.json'));
    const names = Object.fromEntries(
      processesOf(files, workspace).flatMap(({ name, files: own }) =>
        own.map((file): [string, string] => [file, name]),
      ),
    );
    expect(names).toEqual({
      'services/validator/main.go': 'validator',
      'services/validator/internal/consume.go': 'validator',
      'services/mailer/src/worker.ts': 'mailer',
      'scripts/fill.py': 'fill',
      'scripts/lib.py': 'shop',
      'audit.js': 'audit',
      'index.js': 'shop',
    });
  });
});

describe('the pipeline file', () => {
  const topology = deriveTopology(
    [
      reference('validator/main.go', 'consume', 'orders', { group: 'validator' }),
      reference('validator/main.go', 'produce', 'jobs', { system: 'rabbitmq' }),
      reference('validator/main.go', 'produce', null),
    ],
    [validator],
    [],
  );
  const brokers = [
    { name: 'kafka', system: 'kafka' as const, url: 'kafka://127.0.0.1:9092', origin: 'compose.yml:3' },
    { name: 'rabbitmq', system: 'rabbitmq' as const, url: 'amqp://127.0.0.1:5672', origin: 'the usual one' },
  ];

  it('is one that the program reads, and tells where each line comes from', () => {
    const text = pipelineYaml('shop', brokers, topology);
    expect(text).toContain('url: kafka://127.0.0.1:9092 # compose.yml:3');
    expect(text).toContain('destination: orders # validator/main.go:1 (literal)');
    expect(text).toContain('#   validator/main.go:1: its name is only known when the program runs');
    const { pipeline, problems } = parsePipelineFile(text, {});
    expect(problems).toEqual([]);
    expect(pipeline?.stages.map(({ name, consumes, produces }) => [name, consumes[0]?.id, produces[0]?.id])).toEqual([
      ['validator', 'kafka/orders/validator', 'rabbitmq/jobs'],
    ]);
  });

  it('keeps what is in a name out of its comments and its structure', () => {
    const hostile = 'a\nstages: { evil: {} }\n# "';
    const references = [reference(`x\ny/main.go`, 'consume', hostile, { group: hostile })];
    const derived = deriveTopology(references, [{ name: hostile, files: ['x\ny/main.go'] }], []);
    const read = parse(pipelineYaml(hostile, brokers.slice(0, 1), derived)) as Record<string, unknown>;
    expect(read).toEqual({
      pipeline: hostile,
      brokers: { kafka: { url: 'kafka://127.0.0.1:9092' } },
      stages: { [hostile]: { consumes: [{ destination: hostile, group: hostile }] } },
    });
  });
});
