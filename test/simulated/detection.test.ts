import { describe, expect, it } from 'vitest';
import { Watcher } from '../../src/cli/watcher';
import { readRecording, recordingLine } from '../../src/measure/recording';
import { defaultObjectives } from '../../src/model/pipeline';
import { alarmsIn, play } from '../harness/detection';
import { situations } from '../harness/situations';

/** One run of each; `npm run bench:detection` plays twelve. */
const seed = 7;

describe('two hours of', () => {
  it.each(situations)('$name: told what has to be told, and nothing else', async (situation) => {
    const played = await play(situation, seed);
    const alarms = alarmsIn(played);
    const { quietFrom, trouble, drain } = situation;
    if (quietFrom !== null) expect(alarms.filter(({ to }) => to >= quietFrom)).toEqual([]);
    if (trouble) {
      expect(alarms).toHaveLength(1);
      expect(alarms[0]!.from).toBeGreaterThan(trouble.at);
      expect(alarms[0]!.from - trouble.at).toBeLessThanOrEqual(trouble.within);
    }
    if (drain) {
      const seen = played.changes.find(({ to, seconds }) => to === 'draining' && seconds >= drain.at);
      expect(seen?.seconds).toBeLessThanOrEqual(drain.at + drain.within);
    }
  });

  it('a recording tell the same changes for the same reasons as live', async () => {
    const { sweeps, changes } = await play(
      situations.find(({ drain, trouble }) => drain && trouble)!,
      seed,
      3600,
    );
    const recording = sweeps.map(({ sweep }) => `${recordingLine(sweep)}\n`).join('');
    const watcher = new Watcher(defaultObjectives);
    const replayed = readRecording(recording).sweeps.flatMap((sweep) => watcher.add(sweep));
    expect(changes).toMatchObject(replayed);
    expect(changes).toHaveLength(replayed.length);
    expect(replayed.map(({ to }) => to)).toEqual(expect.arrayContaining(['growing', 'draining']));
    expect(replayed.every(({ reason }) => reason.length > 0)).toBe(true);
  });
});
