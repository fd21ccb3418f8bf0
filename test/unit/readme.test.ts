import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { analyze } from '../../src/diagnose/analyze';
import { renderText } from '../../src/diagnose/render/text';
import { demoPipeline } from '../../src/measure/demo/pipeline';
import { demoSweeps } from '../../src/measure/demo/index';
import { observe } from '../../src/model/series';

it('the sample in the README is what the program prints', () => {
  const file = path.resolve(import.meta.dirname, '../../README.md');
  const readme = readFileSync(file, 'utf8');
  const observation = observe(demoSweeps('', Date.parse('2026-11-21T03:00:00Z'), 60, 1.5));
  const pipeline = demoPipeline('');
  const report = analyze(observation, pipeline, { objectives: pipeline.objectives, now: observation.to });
  const sample = renderText(report, { width: 110, color: false }).trim();
  const block = /(<!-- sample[^>]*-->\n\n```[a-z]*\n)[\s\S]*?(\n?```)/;
  const current = readme.replace(block, (_, open: string) => `${open}${sample}\n\`\`\``);
  expect(block.test(readme)).toBe(true);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, current);
  else expect(readme).toBe(current);
});
