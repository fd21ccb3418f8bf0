import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginning, copiedRules, playedSituations, situationsPast } from '../harness/copiedRules';
import { firedOver } from '../harness/exporterPast';
import { describeWith } from '../harness/need';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';
import { projectRoot } from '../harness/tools';

describeWith(['prometheus'], 'Beside the rules that people copy', () => {
  const until = Math.floor(Date.now() / 60_000) * 60 - 60;
  let prometheus: PrometheusServer;
  beforeAll(async () => {
    prometheus = await startPrometheus({ past: situationsPast(playedSituations, until) });
  });
  afterAll(() => prometheus.stop());

  /** The situations in which one of a rule's conditions fired at all. */
  async function firedIn(rule: string) {
    const names = await Promise.all(
      playedSituations.map(async ({ queue, scenario }) => {
        const span = { from: beginning(scenario, until), until, step: scenario.step };
        const conditions = copiedRules[rule]?.(queue) ?? [];
        const times = await Promise.all(conditions.map((one) => firedOver(prometheus.url, one, span)));
        return times.flat().length > 0 ? queue.destination : null;
      }),
    );
    return new Set(names.filter((name) => name !== null));
  }

  it('ours raise no false alarm and miss no fault, and the table in the documentation is what was found', async () => {
    const quiet = playedSituations.filter(({ scenario }) => scenario.fires.length === 0);
    const faulty = playedSituations.filter(({ scenario }) => scenario.fires.length > 0);
    const lines: string[] = [];
    for (const rule of Object.keys(copiedRules)) {
      const fired = await firedIn(rule);
      const told = (among: typeof playedSituations, isFired: boolean) => {
        const found = among.filter(({ queue }) => fired.has(queue.destination) === isFired);
        const names = [...new Set(found.map(({ scenario }) => scenario.name))];
        return `${found.length} of ${among.length}${names.length > 0 ? `: ${names.join(', ')}` : ''}`;
      };
      const [alarms, missed] = [told(quiet, true), told(faulty, false)];
      if (rule.includes('backpressure'))
        expect([alarms, missed]).toEqual([`0 of ${quiet.length}`, `0 of ${faulty.length}`]);
      lines.push(`| ${rule} | ${alarms} | ${missed} |`);
    }
    const file = path.join(projectRoot, 'docs/alerts.md');
    const text = readFileSync(file, 'utf8');
    const block = /(<!-- copied rules[^>]*-->\n\n)[\s\S]*?(\n\n<!-- end -->)/;
    expect(text).toMatch(block);
    const table = ['| rule | false alarms | faults missed |', '| --- | --- | --- |', ...lines].join('\n');
    const current = text.replace(block, (_, opening: string, closing: string) => `${opening}${table}${closing}`);
    if (process.env.UPDATE_GOLDEN) writeFileSync(file, current);
    expect(readFileSync(file, 'utf8').replace(/ +\|/g, ' |').replace(/-{3,}/g, '---')).toBe(
      current.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---'),
    );
  });
});
