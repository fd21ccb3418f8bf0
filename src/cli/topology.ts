import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { findBrokers } from '../discover/brokers/find';
import { brokersOf } from '../discover/topology/brokers';
import { deriveTopology, type DerivedTopology } from '../discover/topology/derive';
import { withDocuments } from '../discover/topology/documents';
import { processesOf } from '../discover/topology/processes';
import { pipelineYaml } from '../discover/topology/write';
import { apiDocuments } from '../files/documents';
import { Ignored } from '../files/ignored';
import { smallText } from '../files/smallText';
import { workspaceAt } from '../files/workspace';
import { nameBrokers, type BrokerConfig } from '../model/brokerUrl';
import type { SeenPublisher } from '../model/publisher';
import type { QueueReading } from '../model/sweep';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { rootOf, scanPaths } from './scan/paths';
import { clockFor, openSampler, readUrl } from './setup';
import { exitCodes, UsageError, wholeNumber } from './usage';
import { writeWhole } from './wholeFile';

interface TopologyOptions extends CommonOptions {
  write?: boolean;
  force?: boolean;
  jobs: number;
}

/** The file that a pipeline is looked for in. */
const fileName = 'backpressure.yaml';

/** `backpressure topology`: the pipeline as source code and brokers tell it, as a file to start from. */
export function addTopology(program: Command, done: (code: number) => void): void {
  const command = program
    .command('topology')
    .description('The pipeline as source code tells it: who consumes and produces which queue, as a pipeline file')
    .argument('[paths...]', 'files and folders', ['.'])
    .option('--write', `write it to ${fileName} in the folder`)
    .option('--force', 'also over a file that is there')
    .option('--jobs <n>', 'threads to scan with', wholeNumber, 2);
  addCommonOptions(command, ['text', 'json']).action(async (paths: string[], options: TopologyOptions) => {
    const output = new Output(options);
    const root = rootOf(paths);
    const file = path.join(root, fileName);
    if (options.write && !options.force && existsSync(file))
      throw new UsageError(`--write: ${file} is there already; --force writes over it`);
    const given = nameBrokers(options.broker.map(readUrl));
    const { references } = (await scanPaths(paths, { rules: [], jobs: options.jobs, ignore: true })).scan;
    const { queues, publishers, failed } = await listed(given, options, output);
    const workspace = workspaceAt(root);
    const files = references.map((reference) => reference.path);
    const documents = apiDocuments(root, new Ignored(root, { folder: root, patterns: [] }, false));
    const told = withDocuments(references, processesOf(files, workspace), documents);
    const derived = deriveTopology(told.references, told.processes, queues, publishers);
    const topology = { ...derived, unresolved: [...derived.unresolved, ...told.unread] };
    const known = given.map((config) => ({ config, origin: 'given by --broker' }));
    const brokers = brokersOf(topology, known, candidatesIn(root));
    const text = pipelineYaml(workspace.name, brokers, topology);
    if (options.write) {
      writeWhole([{ flag: '--write', file, text }]);
      output.remark(`${file}: ${counted(topology)}`);
    } else
      output.result(options.format === 'json' ? JSON.stringify({ version: 1, brokers, ...topology }, null, 2) : text);
    done(failed ? exitCodes.broker : exitCodes.fine);
  });
}

const counted = ({ stages, unresolved }: DerivedTopology) =>
  `${stages.length} ${stages.length === 1 ? 'stage' : 'stages'}, ${unresolved.length} ${unresolved.length === 1 ? 'place' : 'places'} not told by the source`;

/** What the given brokers list; nothing is asked of others. */
async function listed(
  brokers: readonly BrokerConfig[],
  options: CommonOptions,
  output: Output,
): Promise<{ queues: QueueReading[]; publishers: SeenPublisher[]; failed: boolean }> {
  if (brokers.length === 0) return { queues: [], publishers: [], failed: false };
  const setup = { brokers: [...brokers], pipeline: null };
  const sampler = await openSampler(setup, options, clockFor(brokers), 1, output);
  try {
    const { signal } = new AbortController();
    const sweep = await sampler.sweep(signal);
    const publishers = await sampler.publishers(signal);
    for (const { name, error } of sweep.brokers) if (error) output.remark(`${name}: ${error.message}; ${error.next}`);
    return { queues: sweep.queues, publishers, failed: sweep.brokers.some(({ state }) => state === 'failed') };
  } finally {
    await sampler.close();
  }
}

/** What the files of the root name. */
const candidatesIn = (root: string) =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) =>
      findBrokers(name, smallText(path.join(root, name)) ?? '').map((each) => ({ ...each, path: name })),
    );
