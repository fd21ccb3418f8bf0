// The pages of docs/ that say what the program itself knows best. `npm run docs` writes them, a test compares them.
import { Command } from 'commander';
import * as z from 'zod';
import manifest from '../package.json';
import { laterVerbs } from '../src/cli/later';
import { addQueues } from '../src/cli/queues';
import { natsFailures } from '../src/measure/nats/errors';
import { networkFailures } from '../src/measure/network';
import { rabbitmqFailures } from '../src/measure/rabbitmq/errors';
import { redisFailures } from '../src/measure/redis/errors';
import type { FailureKind } from '../src/measure/source';
import { sqsFailures } from '../src/measure/sqs/errors';
import { markdown } from '../src/model/escape';
import { pipelineFile } from '../src/model/pipelineSchema';
import { rulesPage } from './rules.mjs';

const made = '<!-- Made by `npm run docs`; a test compares it with the program. -->\n';
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Every verb's own `--help`. */
async function commandLine(): Promise<string> {
  const program = new Command('backpressure').configureHelp({ helpWidth: 100 });
  for (const add of [addQueues, ...(await Promise.all(Object.values(laterVerbs).map((load) => load())))])
    add(program, () => undefined);
  const verbs = [...program.commands].sort((a, b) => (a.name() < b.name() ? -1 : 1));
  const parts = verbs.map((verb) => {
    verb.configureHelp({ helpWidth: 100 });
    return `## ${verb.name()}\n\n\`\`\`\n${verb.helpInformation().trimEnd()}\n\`\`\``;
  });
  return `# Command line

${made}
\`node dist/cli.js VERB [flags]\`: results go to standard output, everything else to standard error.

${table(
  ['exit code', 'meaning'],
  [
    ['0', 'fine'],
    ['1', 'a finding at or above `--fail-on`'],
    ['2', 'bad usage or input: one line says what and where'],
    ['3', 'a broker could not be read; what could be is still printed'],
  ],
)}

${parts.join('\n\n')}
`;
}

interface Setting {
  type?: string | string[];
  default?: unknown;
  enum?: string[];
  minimum?: number;
  scope?: string;
  description?: string;
  markdownDescription?: string;
}

/** Settings and commands of the editor, by the manifest. */
function settings(): string {
  const { configuration, commands } = manifest.contributes;
  const rows = Object.entries(configuration.properties as Record<string, Setting>).map(([name, setting]) => [
    `\`${name}\``,
    [
      setting.enum?.join(', ') ?? [setting.type ?? ''].flat().join(' or '),
      setting.minimum === undefined ? '' : `from ${setting.minimum}`,
    ]
      .filter((part) => part !== '')
      .join(', '),
    `\`${JSON.stringify(setting.default ?? null)}\``,
    setting.markdownDescription ?? setting.description ?? '',
  ]);
  const verbs = commands.map(({ command, title, category }) => [`${category}: ${title}`, `\`${command}\``]);
  return `# Settings and commands

${made}
## Settings

${table(['setting', 'values', 'default', 'what it does'], rows)}

An untrusted workspace sets none of: ${manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.map((name) => `\`${name}\``).join(', ')}.

## Commands

${table(['command', 'id, for key bindings'], verbs)}
`;
}

interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  required?: string[];
}

const kindOf = (schema: Schema): string =>
  schema.const !== undefined
    ? JSON.stringify(schema.const)
    : (schema.enum?.map(String).join(', ') ??
      schema.anyOf?.map(kindOf).join(' or ') ??
      (schema.type === 'object' ? 'map' : schema.type === 'array' ? 'list' : (schema.type ?? '')));

/** Every key that may stand below a path. */
function keysOf(schema: Schema, at: string): string[][] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const key = at === '' ? name : `${at}.${name}`;
    const must = (schema.required?.includes(name) ?? false) ? 'yes' : '';
    const first = [`\`${key}\``, kindOf(inner), must, inner.description ?? ''];
    return [first, ...keysOf(inner, key)];
  });
  const any = schema.additionalProperties;
  const more = typeof any === 'object' ? keysOf(any, `${at}.NAME`) : [];
  const items = schema.items === undefined ? [] : keysOf(schema.items, `${at}[]`);
  return [...named, ...more, ...items];
}

/** The pipeline file, by its schema. */
function pipeline(): string {
  const schema = z.toJSONSchema(pipelineFile, { io: 'input', target: 'draft-7' }) as Schema;
  return `# The pipeline file

${made}
\`backpressure.yaml\` at the root of the workspace says which stage reads and writes which queue. \`backpressure topology --write\` makes the first one from your source; editors check it against [its schema](../media/schemas/pipeline.schema.json).

${table(['key', 'value', 'needed', 'what it says'], keysOf(schema, ''))}

Passwords come from the environment: \`"\${env:KAFKA_PASSWORD}"\`. An unknown key is a warning with a suggestion; a wrong value, an unknown broker or a name given twice is an error with line and column. A file with errors is never half used.
`;
}

/** Kafka's are told where they arise (src/measure/kafka/errors.ts); a test looks for each there. */
const kafkaMessages: readonly (readonly [message: string, next: string])[] = [
  ['user name or password refused', 'check both, and the SASL mechanism'],
  ['the password is empty', 'give the password'],
  ['the broker does not offer', 'choose another: sasl=…'],
  ['this port asks for no credentials', 'leave user name and password out, or use the SASL port'],
  ['this port speaks TLS', 'use kafkas:// instead of kafka://'],
  ['this port does not speak TLS', 'use kafka:// instead of kafkas://, or the TLS port'],
  ['this port speaks HTTP, not Kafka', 'use a broker’s own port, often 9092'],
  ['this is not a broker’s port', 'a controller listens there? Use a broker’s port'],
  ['it closed the connection at once', 'it may want credentials: kafka://user:password@host:port'],
  ['the host does not answer', 'check the VPN and firewall'],
  ['the certificate is for another name', 'use a host name that the certificate lists, or set serverName'],
  ['the certificate is not signed by a trusted authority', 'give its authority: ca=FILE'],
];

/** What can be said of a broker that could not be read, by system. */
function troubleshooting(): string {
  const own = (kinds: readonly FailureKind[]) => kinds.filter((kind) => !networkFailures.includes(kind));
  const rowsOf = (kinds: readonly FailureKind[]) =>
    kinds.map(({ message, next, code }) => [message, markdown(next), code]);
  const part = (name: string, kinds: readonly FailureKind[]) =>
    `## ${name}\n\n${table(['message', 'what to do', 'code'], rowsOf(own(kinds)))}`;
  return `# Troubleshooting by message

${made}
A broker that cannot be read says in its row what happened and what to do next; the whole error stands in the log (**Backpressure: Show Log**). The code is \`brokers[].error.code\` of \`--format json\`. What is read, and which permissions that needs, is in [brokers.md](brokers.md).

## Any broker

${table(['message', 'what to do', 'code'], rowsOf(networkFailures))}

## Kafka

${table(
  ['message', 'what to do'],
  kafkaMessages.map(([message, next]) => [message, markdown(next)]),
)}

${part('RabbitMQ', rabbitmqFailures)}

${part('Redis', redisFailures)}

${part('NATS', natsFailures)}

${part('SQS', sqsFailures)}

## A figure that is missing

\`?\` is unknown, with the reason on hover and in \`missing\`; \`–\` is nothing to count, such as a group that never committed; \`0\` is zero. The three are never mixed.
`;
}

export { kafkaMessages };

/** The pages by the names of their files, before they are formatted. */
export const pages: Record<string, () => string | Promise<string>> = {
  'command-line.md': commandLine,
  'settings.md': settings,
  'pipeline-file.md': pipeline,
  'troubleshooting.md': troubleshooting,
  'hazards.md': () => rulesPage(made),
};
