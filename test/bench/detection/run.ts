import { alarmsIn, play, type Played } from '../../harness/detection';
import { burrow, fixedThreshold, rateOfLag, type Rule } from '../../harness/rivals';
import type { Situation } from '../../harness/situations';

/** Who watches: ours, and the rules people use today. */
export const watchers = ['ours', 'lag > 10,000 for 5 m', 'rate(lag) > 0 for 5 m', 'Burrow'] as const;
export type WatcherName = (typeof watchers)[number];
const rivals: Record<Exclude<WatcherName, 'ours'>, () => Rule> = {
  'lag > 10,000 for 5 m': fixedThreshold,
  'rate(lag) > 0 for 5 m': rateOfLag,
  Burrow: burrow,
};

/** What one watcher made of one run. */
export interface Verdict {
  /** Alarms while nothing was the matter. */
  falseAlarms: number;
  /** Seconds from the trouble to the first alarm after it; null when there was none, or it was on before. */
  found: number | null;
  /** Alarms from the trouble on. */
  episodes: number;
}

/** One run of a situation. */
export interface Run {
  situation: string;
  seed: number;
  verdicts: Record<WatcherName, Verdict>;
  /** Seconds from the turn until it was called draining; null where that is not asked, Infinity when it never was. */
  drainSeen: number | null;
}

/** Plays a situation once and lets everybody look at the same readings. */
export async function run(situation: Situation, seed: number): Promise<Run> {
  const played = await play(situation, seed);
  const judge = (stretches: readonly Stretch[]) => verdict(situation, stretches);
  const byRule = Object.entries(rivals).map(([name, rule]) => [name, judge(stretchesOf(rule(), played))]);
  const { drain } = situation;
  const draining = played.changes.find(({ to, seconds }) => to === 'draining' && seconds >= (drain?.at ?? 0));
  return {
    situation: situation.name,
    seed,
    verdicts: { ours: judge(alarmsIn(played)), ...Object.fromEntries(byRule) } as Run['verdicts'],
    drainSeen: drain ? (draining?.seconds ?? Infinity) - drain.at : null,
  };
}

interface Stretch {
  from: number;
  to: number;
}

function stretchesOf(rule: Rule, { sweeps }: Played): Stretch[] {
  const stretches: Stretch[] = [];
  let open: Stretch | null = null;
  for (const { seconds, sweep } of sweeps) {
    const isOn = rule(seconds, sweep.queues[0] ?? null);
    if (isOn && !open) stretches.push((open = { from: seconds, to: seconds }));
    if (open) open.to = seconds;
    if (!isOn) open = null;
  }
  return stretches;
}

function verdict({ quietFrom, trouble }: Situation, stretches: readonly Stretch[]): Verdict {
  if (!trouble) {
    const false_ = stretches.filter(({ to }) => to >= (quietFrom ?? 0));
    return { falseAlarms: false_.length, found: null, episodes: 0 };
  }
  const before = stretches.filter(({ from }) => from < trouble.at);
  const after = stretches.filter(({ from }) => from >= trouble.at);
  const wasOn = before.some(({ to }) => to >= trouble.at);
  const [first] = wasOn ? [] : after;
  return { falseAlarms: before.length, found: first ? first.from - trouble.at : null, episodes: after.length };
}
