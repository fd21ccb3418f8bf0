import { known, unread, type Told } from '../told';
import { isStepMetric, stepReadings } from './steps';
import { parseSelector, selects, type Sample, type Selector } from './page';
import type { Questions } from '../questions';
import { queriesOf } from './read';
import { queueRow, stageRow, unnamed } from './rows';
import type { SourceReading } from '../source';

/** The metrics of a page that a pipeline asks for, by name. */
export function namesOf({ queues, stages, steps }: Questions): (name: string) => boolean {
  const names = new Set(queriesOf({ queues, stages }).map((text) => parseSelector(text)?.name));
  return (name) => names.has(name) || (steps && isStepMetric(name));
}

/** Counters of the sweep before, by their selector: a page tells no rates. Kept by the source. */
export type PageCounters = Map<string, { at: number; value: number; rate: Told }>;

/** Two readings closer than this say more about the calls than about the counter. */
const shortestMs = 500;

/**
 * The rows of what a pipeline asks a page for.
 * @param samples those of the wanted names
 * @param at milliseconds since the epoch
 */
export function pageRows(
  { queues, stages, steps }: Questions,
  samples: readonly Sample[],
  counters: PageCounters,
  at: number,
): Pick<SourceReading, 'queues' | 'stages' | 'steps'> {
  const gauge = (text: string | null | undefined) => ask(text, samples, oneOf);
  const counter = (text: string | null | undefined) => ask(text, samples, sumOf);
  const rate = (text: string | null): Told => {
    const total = counter(text);
    return text === null || total.value === null ? total : rateOf(text, total.value, counters, at);
  };
  /** Busy seconds a second are a share. */
  const share = (text: string | null) =>
    text !== null && parseSelector(text)?.name.endsWith('_seconds_total') ? rate(text) : gauge(text);
  return {
    queues: queues.map((ref) => {
      const { backlog, produced, consumed } = ref.figures ?? {};
      return queueRow(ref, { backlog: gauge(backlog), produced: counter(produced), consumed: counter(consumed) });
    }),
    stages: stages.map(({ name, metrics: { processed, cpu, memory, network } }) =>
      stageRow(name, {
        ...{ processedTotal: counter(processed), processedRate: rate(processed) },
        ...{ cpu: share(cpu), memory: share(memory), network: share(network) },
      }),
    ),
    steps: steps ? stepReadings(samples) : [],
  };
}

function ask(
  text: string | null | undefined,
  samples: readonly Sample[],
  take: (values: readonly number[]) => Told,
): Told {
  if (text == null) return unnamed;
  const selector: Selector | null = parseSelector(text);
  if (!selector) return unread('a page knows no PromQL: write the name of a metric, with labels where needed');
  const found = samples.filter((sample) => selects(selector, sample));
  if (found.length === 0) return unread('the page has no such series');
  if (new Set(found.map(({ labels }) => seriesKey(labels))).size < found.length) {
    return unread('the page lists a series of it twice');
  }
  return take(found.map(({ value }) => value));
}

const seriesKey = (labels: Record<string, string>) =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

const oneOf = (values: readonly number[]): Told =>
  values.length === 1 ? sumOf(values) : unread(`${values.length} series fit: add labels that leave one`);

/** A counter is often split by a label, such as how it ended; all of it was processed. */
function sumOf(values: readonly number[]): Told {
  const sum = values.reduce((a, b) => a + b, 0);
  return Number.isFinite(sum) ? known(sum) : unread(`the page says ${sum}`);
}

function rateOf(key: string, value: number, counters: PageCounters, at: number): Told {
  const before = counters.get(key);
  if (before && at >= before.at && at - before.at < shortestMs && value >= before.value) return before.rate;
  const rate = ((): Told => {
    if (!before) return unread('a rate needs two sweeps');
    if (at <= before.at) return unread('the clock was set back');
    if (value < before.value) return unread('the counter was reset');
    return known(((value - before.value) * 1000) / (at - before.at));
  })();
  counters.set(key, { at, value, rate });
  return rate;
}
