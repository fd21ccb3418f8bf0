import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { addQueues } from './queues';
import { exitCodes, isUsageError, type AddVerb } from './usage';

/** What adds the verb that is asked for to the program; all of them for the help that lists them. */
async function verbsFor(asked: string | undefined): Promise<AddVerb[]> {
  if (asked === 'queues') return [addQueues];
  const { laterVerbs } = await import('./later');
  const one = Object.hasOwn(laterVerbs, asked ?? '') ? laterVerbs[asked ?? ''] : undefined;
  if (one) return [await one()];
  const later = await Promise.all(Object.values(laterVerbs).map((load) => load()));
  return [addQueues, ...later];
}

async function main(): Promise<number> {
  let code: number = exitCodes.fine;
  const done = (result: number) => {
    code = result;
  };
  const program = new Command('backpressure')
    .description('Shows where a message pipeline is backing up, says why, and what to do.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError(false);
  for (const add of await verbsFor(process.argv[2])) add(program, done);
  for (const command of program.commands) command.exitOverride().configureOutput({ outputError: () => undefined });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.fine;
    if (!(error instanceof CommanderError) && !isUsageError(error)) throw error;
    process.stderr.write(`${usageLine(error.message)}\n`);
    return exitCodes.usage;
  }
  return code;
}

/** Commander's sentences as `--flag: message`. */
function usageLine(message: string): string {
  const flag =
    /option '(?:-\w, )?(--[\w-]+)[^']*'(?: argument '[^']*' is invalid\. (?:Allowed choices are (.*)\.)?| ?)(.*)$/s.exec(
      message,
    );
  if (flag)
    return `${flag[1] ?? ''}: ${flag[2] === undefined ? (flag[3] ?? message) : `one of ${flag[2]}`}`.replaceAll(
      '\n',
      ' ',
    );
  return message.replace(/^error: /, '').replaceAll('\n', ' ');
}

// A reader that closes the pipe early (head) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.fine);
  throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `backpressure failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 70;
  },
);
