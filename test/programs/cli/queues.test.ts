import { expect, it } from 'vitest';
import { queueReading, sweep } from '../../../src/model/sweep';
import { cli } from '../../harness/cli';

it('`queues --format json` has a line for each queue, also for none', async () => {
  const all = (await cli(['queues', '--broker', 'demo:', '--format', 'json'])).stdout;
  const read = sweep.parse(JSON.parse(all));
  const lines = all.split('\n').filter((line) => line.startsWith('    {"'));
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.map((line) => queueReading.parse(JSON.parse(line.replace(/,$/, ''))).id)).toEqual(
    read.queues.map(({ id }) => id),
  );
  const none = (await cli(['queues', '--broker', 'demo:', '--format', 'json', '--match', 'nothing'])).stdout;
  expect(sweep.parse(JSON.parse(none)).queues).toEqual([]);
});
