import { exporterNamed } from '../../src/generate/alerts/exporters/all';
import { rulesFor } from '../../src/generate/alerts/rules';
import { scenarios, type Scenario } from '../../src/generate/alerts/scenarios';
import type { AlertQueue } from '../../src/generate/alerts/words';
import { alertQueue, optionsFor } from '../unit/generate/alertQueues';

const exporter = exporterNamed('kafka_exporter');
const options = optionsFor('kafka_exporter');
/** Messages per second: a fixed count is right for one of them at most. */
const rates = [5, 500];

/** A queue that goes through a situation, with a name of its own. */
export interface Played {
  queue: AlertQueue;
  scenario: Scenario;
}

/** Every situation of Kafka's consumer groups that the rules are tested on, at two rates. */
export const playedSituations: readonly Played[] = rates.flatMap((arrivalRate) =>
  scenarios(exporter, alertQueue('kafka', { arrivalRate }), options, options.windowSeconds).map((scenario, i) => ({
    queue: alertQueue('kafka', { arrivalRate, destination: `t${arrivalRate}-${i}`, group: `g${arrivalRate}-${i}` }),
    scenario,
  })),
);

interface Condition {
  expr: string;
  forSeconds: number;
}

/** Rules as people use them, by where they are copied from (links in docs/alerts.md), for one queue. */
export const copiedRules: Record<string, (queue: AlertQueue) => Condition[]> = {
  'awesome-prometheus-alerts: `sum(kafka_consumergroup_lag) by (consumergroup) > 10000`, 1 m': ({ group }) => [
    { expr: `sum(kafka_consumergroup_lag{consumergroup="${group}"}) by (consumergroup) > 10000`, forSeconds: 60 },
  ],
  'Strimzi: `kafka_consumergroup_lag > 1000`, 10 s': ({ group }) => [
    { expr: `kafka_consumergroup_lag{consumergroup="${group}"} > 1000`, forSeconds: 10 },
  ],
  'Strimzi: `changes(kafka_topic_partition_current_offset[10m]) == 0`, 10 s': ({ destination }) => [
    { expr: `changes(kafka_topic_partition_current_offset{topic="${destination}"}[10m]) == 0`, forSeconds: 10 },
  ],
  'blogs: `rate(kafka_consumergroup_lag[5m]) > 0`, 5 m': ({ group }) => [
    { expr: `rate(kafka_consumergroup_lag{consumergroup="${group}"}[5m]) > 0`, forSeconds: 300 },
  ],
  'blogs: `kafka_consumergroup_members == 0`, 5 m': ({ group }) => [
    { expr: `kafka_consumergroup_members{consumergroup="${group}"} == 0`, forSeconds: 300 },
  ],
  '`backpressure alerts`': (queue) => rulesFor(exporter, queue, options).rules,
};

/** What the exporter would have told, as OpenMetrics text. @param until seconds since the epoch of the last moment */
export function situationsPast(played: readonly Played[], until: number): string {
  const families = new Map<string, string[]>();
  for (const { queue, scenario } of played) {
    const shown = scenario.moments.map((moment) => (moment ? exporter.show(queue, moment) : {}));
    const begun = beginning(scenario, until);
    // The samples of a series have to stand together.
    for (const series of new Set(shown.flatMap((all) => Object.keys(all)))) {
      const [name = ''] = series.split('{', 1);
      const labels = `job="played",instance="played:1",${series.slice(name.length + 1)}`;
      const samples = shown.flatMap((all, i) => {
        const value = all[series] ?? null;
        return value === null ? [] : [`${name}{${labels} ${value} ${begun + i * scenario.step}`];
      });
      families.set(name, [...(families.get(name) ?? []), ...samples]);
    }
  }
  const blocks = [...families].map(([name, samples]) => [`# TYPE ${name} unknown`, ...samples].join('\n'));
  return `${blocks.join('\n')}\n# EOF\n`;
}

/** When a situation began that ends then, seconds since the epoch. */
export const beginning = ({ moments, step }: Scenario, until: number) => until - (moments.length - 1) * step;
