import { cpus } from 'node:os';
import type { Injected } from './faults';
import type { Outcome } from './index';
import { memoryLevel, mostGrown } from './judge';

/** What a soak was, for the page that keeps it. */
export interface Soak {
  minutes: number;
  seed: number;
  outcome: Outcome;
  faults: readonly Injected[];
  problems: readonly string[];
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}

/** The result as Markdown. @param now of the run's end, milliseconds since the epoch */
export function soakPage({ minutes, seed, outcome, faults, problems }: Soak, now: number): string {
  const { memory, done, figures } = outcome;
  const { level, anHour, grown } = memoryLevel(memory);
  const actions = Object.values(done).reduce((sum, count) => sum + count, 0);
  const every = memory.filter((_, i) => i % Math.ceil(memory.length / 20) === 0);
  return [
    '# An hour with faults',
    `\`npm run soak -- --minutes ${minutes} --seed ${seed}\` on ${new Date(now).toISOString().slice(0, 10)}: the packaged extension in the extension host of VS Code ${outcome.version}, six real brokers with a proxy before each, ${cpus().length} cores, Node ${process.version}.`,
    problems.length === 0 ? 'Nothing went wrong.' : `${problems.length} things went wrong:`,
    ...(problems.length === 0 ? [] : [problems.map((problem) => `- \`${problem.replaceAll('`', "'")}\``).join('\n')]),
    table(
      ['what', 'value', 'may be'],
      [
        ['actions', actions, ''],
        ['faults', faults.length, ''],
        ['memory in use after the first quarter, median, MB', level.toFixed(1), ''],
        ['… its fitted slope (Theil–Sen), MB an hour', anHour.toFixed(2), ''],
        ['… grown by over that time, MB', grown.toFixed(2), `≤ ${mostGrown}`],
        ...Object.entries(figures).map(([name, backlog]) => [`backlog of ${name} in the end`, backlog ?? '?', '= 8']),
      ],
    ),
    '## Memory',
    table(
      ['minute', 'in use, MB', 'process, MB'],
      every.map(({ at, used, resident }) => [Math.round(at / 60), used, resident]),
    ),
    '## Faults',
    table(['what', 'times'], counted(faults.map(({ broker, what }) => `${broker}: ${what}`)).sort()),
    '## Actions',
    table(['what', 'times'], Object.entries(done).sort()),
    '',
  ].join('\n\n');
}
