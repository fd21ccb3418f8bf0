// Plays the runs it is sent, one after the other; see detection.mts.
import { situations } from '../../harness/situations';
import { run } from './run';

process.on('message', ({ situation, seed }: { situation: number; seed: number }) => {
  const wanted = situations[situation];
  if (wanted) void run(wanted, seed).then((done) => process.send?.(done));
});
