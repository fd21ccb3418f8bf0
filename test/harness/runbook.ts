import { analyze } from '../../src/diagnose/analyze';
import { defaultObjectives } from '../../src/model/pipeline';
import type { Runbook } from '../../src/model/report';
import type { BrokerReading, QueueReading } from '../../src/model/sweep';
import { broker, flow, watched } from './observations';
import { run } from './tools';

/** The runbook of a backlog that never drains in a queue of some broker. */
export function runbookOf(
  place: BrokerReading['url'],
  reading: Partial<QueueReading> & { destination: string },
): Runbook {
  const { destination, group = null } = reading;
  const queue = flow({ destination, group, arrives: 10, finishes: 1, waits: 40, reading });
  const observation = watched([queue], { brokers: [broker('main', { url: place })] });
  const [runbook] = analyze(observation, null, { objectives: defaultObjectives, now: observation.to }).runbooks;
  if (!runbook) throw new Error('no runbook was written');
  return runbook;
}

/** The command of a runbook that contains some text. @throws when there is none */
export function commandWith({ steps }: Runbook, text: string): string {
  const found = steps.find(({ command }) => command?.includes(text))?.command;
  if (found == null) throw new Error(`no command with ${text} in the runbook`);
  return found;
}

/**
 * Runs a command as whoever reads it would, in a shell.
 * @param programs what a program's name stands for here, as shell text
 * @returns what it printed
 * @throws with what it printed when it fails
 */
export async function inShell(
  command: string,
  programs: Readonly<Record<string, string>>,
  env: Record<string, string>,
): Promise<string> {
  const names = Object.entries(programs).map(([name, program]) => `${name}() { ${program} "$@"; }`);
  const { stdout } = await run('sh', ['-c', [...names, command].join('\n')], { env: { ...process.env, ...env } });
  return stdout;
}
