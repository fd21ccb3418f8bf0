import { count, duration, percent, plural, rate } from '../model/format';
import { queueLabel } from '../model/identity';
import type { Bottleneck, QueueReport, Recommendation, Report, StageReport } from '../model/report';
import { rateOfOne, workersAmong } from './workers';

type Answer = Omit<Report, 'sentence'>;

/**
 * The answer that every surface begins with: the bottleneck and what to do, or that nothing is wrong with a figure, or
 * what is missing and how to get it. Plain text with names as the brokers know them: escape it for its format.
 */
export function sentence(report: Answer): string {
  const [worst, ...rest] = report.bottlenecks;
  if (worst) {
    const others = rest.flatMap(({ stage, broker }) => stage ?? broker ?? []);
    const also =
      others.length > 0
        ? ` Also held up: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}.`
        : '';
    return `${bottleneckSentence(worst, report)}${also}${unread(report, ' ')}`;
  }
  return cannotKnow(report) ?? `${nothingWrong(report)}${unread(report, ' ')}`;
}

function bottleneckSentence(bottleneck: Bottleneck, report: Answer): string {
  if (bottleneck.broker !== null) return brokerSentence(bottleneck, report);
  const name = bottleneck.stage ?? '';
  const queue = report.queues.find(({ id }) => id === bottleneck.queue);
  const parts = [`${name} is the bottleneck.`, `${flow(bottleneck, queue)}; ${waitingText(bottleneck)}.`];
  const [first] = bottleneck.recommendations;
  if (first) parts.push(`${adviceText(first, bottleneck, report)}${nextText(bottleneck, report)}.`);
  return parts.join(' ');
}

/** A broker finishes nothing itself: its own words, and whom it keeps waiting, are the figures. */
function brokerSentence({ broker, cause, recommendations, backlog }: Bottleneck, { brokers }: Answer): string {
  const words = brokers.find(({ name }) => name === broker)?.pressure ?? [];
  const said = words.length > 0 ? ` It says: ${words.join('; ')}.` : '';
  const waits = !backlog ? '' : ` ${count(backlog)} wait behind it.`;
  const first = recommendations.map(({ title }) => ` ${title}.`)[0] ?? '';
  return `${broker ?? ''} is the bottleneck. ${cause.evidence.join(' ')}${said}${waits}${first}`;
}

function flow({ inputRate, processingRate, deficit }: Bottleneck, queue: QueueReport | undefined): string {
  if (inputRate === null || processingRate === null) return `Its backlog grows by ${rate(deficit)}`;
  const arrive = inputRate === 0 ? 'Nothing arrives' : `${rate(inputRate)} arrive`;
  if (queue?.state === 'no-consumer') return `${arrive}, nobody consumes`;
  return `${arrive}, ${processingRate === 0 ? 'nothing is finished' : `${rate(processingRate)} are finished`}`;
}

function waitingText({ backlog, deficit }: Bottleneck): string {
  const grow = deficit > 0 ? ` and grow by ${rate(deficit)}` : '';
  return `${backlog === null ? 'an unknown number' : count(backlog)} wait${grow}: it never drains`;
}

function adviceText(first: Recommendation, { stage, inputRate }: Bottleneck, report: Answer): string {
  if ((first.kind !== 'scale-out' && first.kind !== 'add-partitions') || first.instances === null) return first.title;
  const what =
    first.kind === 'scale-out'
      ? plural(first.instances, 'instance')
      : `${plural(first.partitions ?? first.instances, 'partition')} with as many instances`;
  if (first.drainSeconds === null) return `${what}, all that may be had, would still not empty it`;
  const pace = paceOfOne(stage, report);
  const then = pace && inputRate ? ` and then run at ${percent(inputRate / (pace * first.instances))}` : '';
  return `${what} would empty it in ${duration(first.drainSeconds)}${then}`;
}

/** Messages per second that one working instance of the stage did. */
function paceOfOne(name: string | null, { stages, queues }: Answer): number | null {
  const stage = stages.find((one) => one.name === name);
  const partitions = queues.find(({ id }) => stage?.consumes.includes(id))?.partitions ?? null;
  return stage ? rateOfOne(stage.serviceRate, workersAmong(stage.instances, partitions), null) : null;
}

function nextText({ next }: Bottleneck, { stages, queues }: Answer): string {
  if (!next) return '';
  if (next.atRate === null) return `; the next to watch is ${next.stage}, whose limit was not seen`;
  const stage = stages.find(({ name }) => name === next.stage);
  // What it did while its input grew is not what it did in the mean.
  const overrun = stage?.state === 'bottleneck' && stage.processingRate !== 0 && hasGrowing(stage, queues);
  const source = overrun || stage?.serviceRate === stage?.processingRate ? 'as seen' : 'by its own file entry';
  return `; the next limit is ${next.stage} (${rate(next.atRate)} ${source})`;
}

const hasGrowing = ({ consumes }: StageReport, queues: readonly QueueReport[]) =>
  queues.some(({ id, trend }) => trend.state === 'growing' && consumes.includes(id));

function cannotKnow({ brokers, queues, window }: Answer): string | null {
  const failed = brokers.filter(({ state }) => state === 'failed');
  const [first] = failed;
  if (first?.error && failed.length === brokers.length) {
    return `Cannot tell: ${first.name} could not be read (${first.error.message}). What to do: ${first.error.next}.`;
  }
  if (queues.length === 0)
    return 'Cannot tell: the brokers list no queue. Check the address and what the user may see.';
  if (window.samples < 2) return 'Cannot tell yet: one sweep tells no rates. Sample for 60 s.';
  const open = queues.filter(({ trend, backlog }) => trend.state === 'unknown' && (backlog === null || backlog > 0));
  if (queues.every(({ state }) => state === 'unknown')) {
    const why = queues[0]?.missing.backlog?.reason ?? 'no figure was read';
    return `Cannot tell: no backlog could be read (${why}).`;
  }
  if (open.length === queues.length) {
    return `Cannot tell yet: ${plural(window.samples, 'sample')} over ${duration(window.seconds)} show no trend. Sample for 60 s.`;
  }
  return null;
}

function nothingWrong({ stages, queues, notes }: Answer): string {
  const passing = notes.find(({ code }) => code === 'burst-passes');
  if (passing) return `No stage is too slow. ${passing.text}`;
  const [slowest] = queues
    .filter(({ state }) => state === 'draining')
    .toSorted((a, b) => (b.drainSeconds ?? 0) - (a.drainSeconds ?? 0));
  if (slowest?.drainSeconds) {
    return `Nothing is backing up. ${queueLabel(slowest)} drains: ${count(slowest.backlog ?? 0)} wait, empty in ${duration(slowest.drainSeconds)}.`;
  }
  const [busiest] = stages
    .filter(({ utilisation, processingRate }) => utilisation !== null || (processingRate ?? 0) > 0)
    .toSorted(
      (a, b) => (b.utilisation ?? -1) - (a.utilisation ?? -1) || (b.processingRate ?? 0) - (a.processingRate ?? 0),
    );
  if (busiest?.utilisation != null) {
    return `Nothing is backing up. The busiest is ${busiest.name} at ${percent(busiest.utilisation)}.`;
  }
  if (busiest?.processingRate) {
    return `Nothing is backing up. The busiest is ${busiest.name} with ${rate(busiest.processingRate)}; how much more it could do was not seen.`;
  }
  const waiting = queues.reduce((sum, { backlog }) => sum + (backlog ?? 0), 0);
  return `Nothing is backing up. Nothing was finished in ${plural(queues.length, 'queue')}; ${count(waiting)} wait.`;
}

function unread({ brokers }: Answer, before: string): string {
  const failed = brokers.filter(({ state }) => state === 'failed').map(({ name }) => name);
  return failed.length === 0 ? '' : `${before}${failed.join(', ')} could not be read.`;
}
