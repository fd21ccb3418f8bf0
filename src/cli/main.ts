import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { exitCodes, UsageError } from './usage';

type AddVerb = (program: Command, done: (code: number) => void) => void;

/** What adds each verb to the program, loaded when that verb is asked for, or the help that lists them all. */
const verbs = new Map<string | undefined, () => Promise<AddVerb>>([
  ['alerts', async () => (await import('./alerts')).addAlerts],
  ['analyze', async () => (await import('./analyze')).addAnalyze],
  ['queues', async () => (await import('./queues')).addQueues],
  ['scaffold', async () => (await import('./scaffold')).addScaffold],
  ['scan', async () => (await import('./scan')).addScan],
  ['steps', async () => (await import('./steps')).addSteps],
  ['strategies', async () => (await import('./strategies')).addStrategies],
  ['topology', async () => (await import('./topology')).addTopology],
  ['watch', async () => (await import('./watch')).addWatch],
]);

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
  const asked = verbs.get(process.argv[2]);
  for (const load of asked ? [asked] : verbs.values()) (await load())(program, done);
  for (const command of program.commands) command.exitOverride().configureOutput({ outputError: () => undefined });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.fine;
    if (!(error instanceof CommanderError) && !(error instanceof UsageError)) throw error;
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
