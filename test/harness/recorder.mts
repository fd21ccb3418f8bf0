// Writes sweeps to a recording until it is killed, and says after each how many are on the disk.
// As a bundle: node recorder.mjs FILE
import { demoSweeps } from '../../src/measure/demo/index';
import { openRecording } from '../../src/measure/recording';

const [file = ''] = process.argv.slice(2);
const [sweep] = demoSweeps('', Date.UTC(2026, 0, 1), 60, 10);
if (!sweep) throw new Error('the demo has no sweep');
// Long enough for a kill to come in the middle of a line.
const queues = Array.from({ length: 100 }, () => sweep.queues).flat();
const recording = openRecording(file);
for (let written = 1; ; written++) {
  recording.write({ ...sweep, at: new Date(Date.now()).toISOString(), queues });
  process.stdout.write(`${written}\n`);
}
