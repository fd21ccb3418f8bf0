import type { Hazard, Scan } from '../../model/scan';
import { imagesOf, type Selected } from './metrics';

/** A gauge of what waits that an alert rule selects, and where. Lines and columns count from 1. */
export interface Alerted extends Omit<Selected, 'name' | 'at'> {
  path: string;
  line: number;
  column: number;
  endColumn: number;
}

/** What the YAML files of a workspace say about its alerts: none of them need be there. */
export interface AlertFacts {
  /** Is there a file of Prometheus rules at all? */
  rules: boolean;
  alerted: readonly Alerted[];
  /** Container images that some file starts. */
  images: readonly string[];
}

/** Queues that source consumes and no alert rule watches, where the workspace has alert rules: each at its first place. */
export function missingLagAlerts(references: Scan['references'], { rules, alerted }: AlertFacts): Hazard[] {
  if (!rules) return [];
  const seen = new Set<string>();
  return references.flatMap((reference) => {
    const { role, system, destination, group, confidence, path, line } = reference;
    if (role !== 'consume' || destination === null || confidence === 'unknown' || confidence === 'template') return [];
    const name = JSON.stringify([system, destination, group]);
    if (seen.has(name) || alerted.some((each) => watches(each, reference))) return [];
    seen.add(name);
    return [
      {
        ...{ rule: 'alerts/missing-lag-alert', severity: 'medium', level: 'hint', path, line, column: 1 },
        ...{ endLine: line, endColumn: 1, fixes: [], suppressed: null, queue: null },
        message: `${group === null ? destination : `${destination} › ${group}`} is consumed here and no alert rule of the workspace watches what waits in it: \`backpressure alerts\` writes one.`,
        evidence: [`the workspace has alert rules, and none selects the backlog of ${destination}`],
        lookedFor: ['an alert rule on its lag, backlog or age'],
      },
    ];
  });
}

/** Alert rules on figures that none of the exporters has which the workspace starts for that system. */
export function cannotFeed({ alerted, images }: AlertFacts): Hazard[] {
  const started = imagesOf(images);
  return alerted.flatMap(({ metric, exporter, system, path, line, column, endColumn }) => {
    const installed = started.filter((each) => each.system === system);
    if (installed.length === 0 || installed.some((each) => each.exporter === exporter)) return [];
    const names = installed.map((each) => each.exporter).join(', ');
    return [
      {
        ...{ rule: 'alerts/cannot-feed', severity: 'high', level: 'diagnostic', path, line, column },
        ...{ endLine: line, endColumn, fixes: [], suppressed: null, queue: null },
        message: `\`${metric}\` is a figure of ${exporter}, and the workspace starts ${names}: the alert can never fire. \`backpressure alerts --exporter ${installed[0]?.exporter ?? ''}\` writes one that can.`,
        evidence: [`${names} is started, ${exporter} is not`],
        lookedFor: [`a container that runs ${exporter}`],
      },
    ];
  });
}

const ofQueue = /^(topic|queue|queue_name|stream|stream_name|key|subject|destination)$/;
const ofGroup = /^(consumergroup|consumer_group|group|group_id|consumer_name)$/;

/** Does the selector take in this queue? Labels that are not known leave it in. */
function watches({ system, exporter, text }: Alerted, reference: Scan['references'][number]): boolean {
  if (system !== reference.system && exporter !== 'self') return false;
  return [...text.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].every(([, label = '', operator = '', value = '']) => {
    const name = ofQueue.test(label) ? reference.destination : ofGroup.test(label) ? reference.group : null;
    return name === null || fits(name, operator, value);
  });
}

/** A pattern of names, some of them with `.*` at their end, is understood; any other leaves the name in. */
function fits(name: string, operator: string, value: string): boolean {
  if (operator === '=' || operator === '!=') return (name === value) === (operator === '=');
  const ways = value.split('|').map((way) => /^([\w./-]*?)(\.[*+])?$/.exec(way));
  if (ways.some((way) => way === null)) return true;
  const found = ways.some((way) => (way?.[2] === undefined ? name === way?.[1] : name.startsWith(way[1] ?? '')));
  return found === (operator === '=~');
}
