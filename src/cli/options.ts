import { Option, type Command } from 'commander';
import { scenarioNames } from '../measure/demo/scenarios';
import { seconds } from './usage';

/** Flags every verb has (CONTRACTS.md, command line). */
export interface CommonOptions {
  pipeline?: string;
  broker: string[];
  format: string;
  output?: string;
  quiet?: true;
  color: boolean;
  /** Seconds. */
  timeout: number;
}

const collect = (value: string, earlier: string[]) => [...earlier, value];

export const addCommonOptions = (command: Command, formats: readonly string[]): Command =>
  command
    .option('--pipeline <file>', 'pipeline file (default: backpressure.yaml found upward from here)')
    .option('--broker <url>', 'broker to read, repeatable; a pipeline file then counts only when named', collect, [])
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
    .option('--output <file>', 'write the result there instead of to standard output')
    .option('--quiet', 'say nothing on standard error but errors')
    .option('--no-color', 'plain text, also on a terminal')
    .option('--timeout <time>', 'longest a call to a broker may take', seconds, 5)
    .addHelpText('after', `\nPipelines that --broker simulates:\n${scenarioList}`);

/** In three columns, which fit the 80 of a terminal. */
const scenarioList = scenarioNames
  .map((name, index) => `${index % 3 === 0 ? '\n  ' : ''}${`demo:${name}`.padEnd(26)}`)
  .join('')
  .slice(1);
