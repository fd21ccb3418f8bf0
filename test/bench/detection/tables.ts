import type { Situation } from '../../harness/situations';
import { median } from '../measured';
import { watchers, type Run, type Verdict, type WatcherName } from './run';

const rivals = watchers.filter((name) => name !== 'ours');

/** All runs of one situation. */
export interface Row {
  situation: Situation;
  runs: readonly Run[];
}

export const rowsOf = (situations: readonly Situation[], runs: readonly Run[]): Row[] =>
  situations.map((situation) => ({ situation, runs: runs.filter((each) => each.situation === situation.name) }));

const of = ({ runs }: Row, name: WatcherName): Verdict[] => runs.map(({ verdicts }) => verdicts[name]);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const falseAlarms = (row: Row, name: WatcherName) => sum(of(row, name).map((verdict) => verdict.falseAlarms));
/** The value that so great a share of them does not exceed; never found is Infinity. */
const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? NaN;
const delays = (row: Row, name: WatcherName) => of(row, name).map(({ found }) => found ?? Infinity);

/** Does ours keep what was promised for this situation? */
export function holds(row: Row): boolean {
  const { trouble, drain } = row.situation;
  const drains = row.runs.map(({ drainSeen }) => drainSeen ?? 0);
  if (drain && quantile(drains, 0.95) > drain.within) return false;
  if (falseAlarms(row, 'ours') > 0) return false;
  if (!trouble) return true;
  return (
    quantile(delays(row, 'ours'), 0.95) <= trouble.within && of(row, 'ours').every(({ episodes }) => episodes <= 1)
  );
}

/** Ours in each situation: what was promised, and what came out. */
export function promises(rows: readonly Row[]): string {
  const line = (row: Row) => {
    const { name, trouble, drain } = row.situation;
    const seen = drain ? row.runs.map(({ drainSeen }) => drainSeen ?? Infinity) : [];
    const found = trouble ? [time(median(delays(row, 'ours'))), time(quantile(delays(row, 'ours'), 0.95))] : ['–', '–'];
    const budget = [trouble && `found in ${trouble.within} s`, drain && `draining in ${drain.within} s`];
    const episodes = trouble ? `${Math.max(...of(row, 'ours').map((verdict) => verdict.episodes))}` : '–';
    const cells = [
      name,
      budget.filter(Boolean).join(', ') || 'no alarm',
      ...[falseAlarms(row, 'ours'), ...found, episodes, drain ? time(quantile(seen, 0.95)) : '–'],
      holds(row) ? 'yes' : '**no**',
    ];
    return `| ${cells.join(' | ')} |`;
  };
  return [
    '| situation | promise | false alarms | found, median | 95 % | episodes at most | draining seen, 95 % | kept |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows.map(line),
  ].join('\n');
}

/** The same recordings as others see them. */
export function comparison(rows: readonly Row[]): string {
  const cell = (row: Row, name: WatcherName) => {
    const wrong = falseAlarms(row, name);
    if (!row.situation.trouble) return `${wrong}`;
    const all = delays(row, name);
    const missed = all.filter((delay) => delay === Infinity).length;
    const text = missed === all.length ? 'never' : time(median(all.filter(Number.isFinite)));
    const share = missed > 0 && missed < all.length ? ` (not in ${missed} of ${all.length})` : '';
    const again = Math.max(...of(row, name).map(({ episodes }) => episodes));
    return `${text}${share}${again > 1 ? `, up to ${again} alarms` : ''}${wrong > 0 ? `, ${wrong} false before` : ''}`;
  };
  const lines = rows.map(
    (row) => `| ${[row.situation.name, ...watchers.map((name) => cell(row, name)), standing(row, rows)].join(' | ')} |`,
  );
  const total = (name: WatcherName) => `**${sum(rows.map((row) => falseAlarms(row, name)))}**`;
  return [
    `| situation | ${watchers.join(' | ')} | ours is ahead |`,
    `| --- |${' ---: |'.repeat(watchers.length)} --- |`,
    ...lines,
    `| **false alarms in all** | ${watchers.map(total).join(' | ')} | |`,
  ].join('\n');
}

/** Ahead or level in this row, or why not. */
function standing(row: Row, rows: readonly Row[]): string {
  const quieter = rivals.filter((name) => falseAlarms(row, name) < falseAlarms(row, 'ours'));
  if (quieter.length > 0) return `no: ${quieter.join(' and ')} had fewer false alarms`;
  if (!row.situation.trouble) return 'yes';
  const ours = median(delays(row, 'ours'));
  const quicker = rivals.filter((name) => median(delays(row, name)) < ours);
  const why = quicker.map((name) => {
    const wrong = sum(rows.map((other) => falseAlarms(other, name)));
    return `${name} is ${time(ours - median(delays(row, name)))} quicker, at the price of ${wrong} false alarms`;
  });
  return why.length === 0 ? 'yes' : `no: ${why.join('; ')}`;
}

const time = (seconds: number) => (seconds === Infinity ? 'never' : `${Math.round(seconds)} s`);
