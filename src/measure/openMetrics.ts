import type { BrokerReading, QueueReading, Sweep } from '../model/sweep';

/**
 * The two text forms that Prometheus scrapes: OpenMetrics 1.0, where a counter's family is named without `_total`, and
 * the older text format 0.0.4, where it is named with it.
 */
export type ExpositionFormat = 'openmetrics' | 'text';

export const contentTypes: Record<ExpositionFormat, string> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

/** OpenMetrics for whoever names it (Prometheus does), else the form that everything reads. @param accept the request's Accept header */
export const formatFor = (accept: string | undefined): ExpositionFormat =>
  accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'text';

interface Family {
  /** Without `_total`. */
  name: string;
  type: 'gauge' | 'counter';
  help: string;
  unit?: string;
  field: 'backlog' | 'waiting' | 'inFlight' | 'ageSeconds' | 'consumers' | 'produced' | 'consumed';
}

const families: readonly Family[] = [
  { name: 'backlog', type: 'gauge', field: 'backlog', help: 'Messages that still have to be finished.' },
  { name: 'waiting', type: 'gauge', field: 'waiting', help: 'Messages that were not handed out yet.' },
  { name: 'in_flight', type: 'gauge', field: 'inFlight', help: 'Messages handed out and not acknowledged.' },
  {
    ...{ name: 'age_seconds', type: 'gauge', field: 'ageSeconds', unit: 'seconds' },
    help: 'Age of the oldest unfinished message.',
  },
  { name: 'consumers', type: 'gauge', field: 'consumers', help: 'Consumers that are connected.' },
  { name: 'produced', type: 'counter', field: 'produced', help: 'Messages that arrived so far.' },
  { name: 'consumed', type: 'counter', field: 'consumed', help: 'Messages finished so far.' },
];

const brokerUp: Omit<Family, 'field'> = {
  ...{ name: 'backpressure_broker_up', help: 'Whether the broker could be read: 1, or 0 when it could not.' },
  type: 'gauge',
};

/** A sweep as a page that Prometheus can scrape, ending in `# EOF`. A figure that is not known has no series. */
export function exposition({ brokers, queues }: Sweep, format: ExpositionFormat): string {
  const lines = families.flatMap((family) => {
    const series = queues.flatMap((queue) => {
      const value = queue[family.field];
      return value === null ? [] : [`${queueLabels(queue)} ${value}`];
    });
    return familyLines({ ...family, name: `backpressure_queue_${family.name}` }, series, format);
  });
  const states = brokers.map((broker) => `${brokerLabels(broker)} ${broker.state === 'failed' ? 0 : 1}`);
  return `${[...lines, ...familyLines(brokerUp, states, format), '# EOF'].join('\n')}\n`;
}

function familyLines(
  { name, type, help, unit }: Omit<Family, 'field'>,
  series: readonly string[],
  format: ExpositionFormat,
): string[] {
  if (series.length === 0) return [];
  const sample = type === 'counter' ? `${name}_total` : name;
  const family = format === 'openmetrics' ? name : sample;
  return [
    `# HELP ${family} ${help}`,
    `# TYPE ${family} ${type}`,
    ...(unit !== undefined && format === 'openmetrics' ? [`# UNIT ${family} ${unit}`] : []),
    ...series.map((labelled) => `${sample}${labelled}`),
  ];
}

const queueLabels = ({ broker, system, namespace, destination, group }: QueueReading) =>
  labels({ broker, system, namespace: namespace ?? '', destination, group: group ?? '' });

const brokerLabels = ({ name, system }: BrokerReading) => labels({ broker: name, system });

/** An empty label is the same as none. */
const labels = (pairs: Record<string, string>) =>
  `{${Object.entries(pairs)
    .map(([name, value]) => `${name}="${labelValue(value)}"`)
    .join(',')}}`;

const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
const labelValue = (text: string) => text.replace(/[\\"\n]/g, (letter) => escapes[letter] ?? letter);
