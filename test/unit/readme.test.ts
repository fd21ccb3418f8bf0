import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { analyze } from '../../src/diagnose/analyze';
import { renderText } from '../../src/diagnose/render/text';
import { virtualClock } from '../../src/measure/clock';
import { open } from '../../src/measure/demo/index';
import { demoPipeline } from '../../src/measure/demo/pipeline';
import { Sampler } from '../../src/measure/sampler';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { observe } from '../../src/model/series';
import type { Sweep } from '../../src/model/sweep';

/** What `npm start` prints, but for the moment of measuring. */
async function demoReport(): Promise<string> {
  const clock = virtualClock(Date.parse('2026-11-21T02:59:00Z'));
  const log = () => undefined;
  const source = open(parseBrokerUrl('demo:'), { wanted: null, log });
  const sampler = new Sampler([source], { clock, intervalMs: 1500, callTimeoutMs: 5000, log });
  const sweeps: Sweep[] = [];
  const over = new AbortController();
  await sampler.run((sweep) => {
    sweeps.push(sweep);
    if (clock.now() >= Date.parse('2026-11-21T03:00:00Z')) over.abort();
  }, over.signal);
  await sampler.close();
  const observation = observe(sweeps);
  const pipeline = demoPipeline('');
  const report = analyze(observation, pipeline, { objectives: pipeline.objectives, now: observation.to });
  return renderText(report, { width: 120, color: false }).trim();
}

it('the sample in the README is what the program prints', async () => {
  const file = path.resolve(import.meta.dirname, '../../README.md');
  const readme = readFileSync(file, 'utf8');
  const sample = await demoReport();
  const block = /(<!-- sample[^>]*-->\n\n```[a-z]*\n)[\s\S]*?(\n?```)/;
  const current = readme.replace(block, (_, opening: string) => `${opening}${sample}\n\`\`\``);
  expect(block.test(readme)).toBe(true);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, current);
  else expect(readme).toBe(current);
});
