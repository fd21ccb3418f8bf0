import { Option, type Command } from 'commander';
import path from 'node:path';
import { analyze } from '../diagnose/analyze';
import { exporters, recognised } from '../generate/alerts/exporters/all';
import { alertTargets, writeTarget, type AlertTarget } from '../generate/alerts/targets';
import { defaultAlertOptions, exporterNames, type ExporterName } from '../generate/alerts/words';
import type { WrittenAlerts } from '../generate/alerts/write';
import { prometheusPresent } from '../measure/open';
import { brokerErrorOf } from '../measure/source';
import { plain } from '../model/escape';
import { defaultObjectives, type Objectives } from '../model/pipeline';
import type { QueueReport } from '../model/report';
import { addCommonOptions, type CommonOptions } from './options';
import { Output } from './output';
import { sample } from './sample';
import { findSetup } from './setup';
import { exitCodes, secondsFrom, UsageError } from './usage';
import { writeWhole } from './wholeFile';

interface AlertFlags extends CommonOptions {
  target: AlertTarget;
  exporter?: ExporterName;
  tests?: string;
  dashboard?: string;
  runbook?: string;
  /** Seconds. */
  window?: number;
  maxAge?: number;
  over?: number;
  for?: number;
  every?: number;
  retention?: number;
}

/** `backpressure alerts`: rules for the queues as they were measured. */
export function addAlerts(program: Command, done: (code: number) => void): void {
  const atLeastOne = secondsFrom(1);
  const command = program
    .command('alerts')
    .description('Alert rules for every queue, with thresholds from what was measured and from the age objective')
    .addOption(new Option('--target <target>', 'for what').choices(alertTargets).default('prometheus'))
    .addOption(
      new Option(
        '--exporter <name>',
        'what the Prometheus reads queues from (default: what it is seen to have)',
      ).choices(exporterNames),
    )
    .option('--tests <file>', 'also write unit tests of the rules, for promtool test rules; goes with --output')
    .option('--dashboard <file>', 'also write a dashboard, for --target grafana')
    .option(
      '--max-age <time>',
      'age objective: older is a warning, five times as old critical (default: 60s)',
      atLeastOne,
    )
    .option('--retention <time>', 'how long queues keep messages, where their metrics do not say', atLeastOne)
    .option('--over <time>', 'how far back a rule looks for growth (default: 10m)', atLeastOne)
    .option('--for <time>', 'how long a fault must last (default: 5m)', atLeastOne)
    .option('--every <time>', 'time between two evaluations (default: as the Prometheus is set)', atLeastOne)
    .option('--runbook <url>', `where the alerts are explained (default: ${defaultAlertOptions.runbook})`)
    .option('--window <time>', 'how long to measure (default: 60s)', secondsFrom(20));
  addCommonOptions(command, ['text']).action(async (flags: AlertFlags) => done(await measureAndWrite(flags)));
}

/** @returns the exit code */
async function measureAndWrite(flags: AlertFlags): Promise<number> {
  refuseOddPairs(flags);
  const output = new Output(flags);
  const { target } = flags;
  const present = ofPrometheus(target) ? await findExporter(flags, output) : null;
  const { observation, pipeline } = await sample(flags, output);
  const objectives = pipeline?.objectives ?? defaultObjectives;
  const { queues, brokers } = analyze(observation, pipeline, { objectives, now: observation.to });
  const read = queues.filter(({ state }) => state !== 'unknown');
  const exporter = flags.exporter ?? chosen(present?.found ?? new Set(), read, target);
  const metrics = flags.exporter === undefined ? (present?.metrics ?? null) : null;
  const written = writeTarget(
    target,
    { queues: read, brokers },
    { exporter, metrics, ...limitsOf(flags, objectives), runbook: flags.runbook ?? defaultAlertOptions.runbook },
  );
  const failed = brokers.filter(({ state }) => state === 'failed');
  for (const { name, error } of failed) output.remark(plain(`${name}: ${error?.message ?? ''}; ${error?.next ?? ''}`));
  if (written.rules === 0 && failed.length === 0) throw nothingToWrite(written, target);
  for (const { subject, refusal } of written.refused)
    output.remark(plain(`left out, ${subject}: ${refusal.why}; ${refusal.enable}`));
  if (written.rules > 0) putDown(written, flags, output);
  return failed.length > 0 ? exitCodes.broker : exitCodes.fine;
}

const ofPrometheus = (target: AlertTarget) => target === 'prometheus' || target === 'grafana';

/** @throws {UsageError} for flags that need another beside them */
function refuseOddPairs({ tests, dashboard, output, target }: AlertFlags): void {
  if (tests !== undefined && target !== 'prometheus')
    throw new UsageError('--tests: promtool tests --target prometheus only');
  if (tests !== undefined && output === undefined)
    throw new UsageError('--tests: goes with --output, whose rules they test');
  if (dashboard !== undefined && target !== 'grafana') throw new UsageError('--dashboard: goes with --target grafana');
}

/** All in seconds. */
const limitsOf = (flags: AlertFlags, { maxAgeSeconds, drainSeconds }: Objectives) => ({
  maxAgeSeconds: flags.maxAge ?? maxAgeSeconds,
  drainSeconds,
  windowSeconds: flags.over ?? defaultAlertOptions.windowSeconds,
  forSeconds: flags.for ?? defaultAlertOptions.forSeconds,
  intervalSeconds: flags.every ?? null,
  retentionSeconds: flags.retention ?? null,
});

function nothingToWrite({ refused: [first] }: WrittenAlerts, target: AlertTarget): UsageError {
  return new UsageError(
    plain(
      first
        ? `--${ofPrometheus(target) ? 'exporter' : 'target'}: ${first.subject}: ${first.refusal.why}; ${first.refusal.enable}`
        : '--broker: it has no queues yet, so there is nothing to write rules for',
    ),
  );
}

/** All that is wanted, or nothing of it. */
function putDown(written: WrittenAlerts, { output: file, tests, dashboard }: AlertFlags, output: Output): void {
  const rules = file === undefined ? [] : [{ flag: '--output', file, text: written.text }];
  writeWhole([...rules, ...testsFor(written, file, tests), ...dashboardFor(written, dashboard)]);
  if (file === undefined) output.result(written.text);
}

const dashboardFor = ({ dashboard }: WrittenAlerts, file: string | undefined) =>
  file === undefined || !dashboard ? [] : [{ flag: '--dashboard', file, text: dashboard() }];

const testsFor = ({ tests: write }: WrittenAlerts, file: string | undefined, tests: string | undefined) =>
  tests === undefined || file === undefined || !write
    ? []
    : [
        {
          flag: '--tests',
          file: tests,
          text: write(path.relative(path.dirname(path.resolve(tests)), path.resolve(file))),
        },
      ];

/** What the Prometheus of the setup has; null where none is named or none is needed. */
async function findExporter(flags: AlertFlags, output: Output) {
  const { brokers } = await findSetup(flags, new Output({ ...flags, quiet: true }));
  const config = brokers.find(({ scheme }) => scheme.startsWith('prometheus'));
  if (flags.exporter !== undefined) return null;
  if (!config) {
    throw new UsageError(
      `--exporter: name what your Prometheus reads queues from (${exporterNames.join(', ')}), or give the Prometheus as --broker prometheus+http://host:9090`,
    );
  }
  try {
    const calls = { callTimeoutMs: flags.timeout * 1000, signal: new AbortController().signal };
    return await prometheusPresent(
      config,
      exporters.map(({ fingerprint }) => fingerprint),
      calls,
    );
  } catch (error) {
    output.remark(`${config.name}: ${brokerErrorOf(error).message}`);
    throw new UsageError(`--exporter: ${config.name} could not be asked what it has; name the exporter`);
  }
}

function chosen(found: ReadonlySet<string>, queues: readonly QueueReport[], target: AlertTarget): ExporterName {
  if (target === 'cloudwatch' || target === 'keda') return 'self';
  const [first] = recognised(found, queues);
  if (first !== undefined) return first;
  throw new UsageError(
    '--exporter: the Prometheus has no series of an exporter that tells of these queues; name the one you will use',
  );
}
