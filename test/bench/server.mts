import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { asked } from '../../src/protocol/references';
import { corpusTree } from '../harness/corpusTree';
import { packageSource, type Package } from '../harness/packageSources';
import { median, type Measured } from './measured';
import { atMost, compared } from './probed.mjs';
import { sourceFiles } from './rules/sourceFiles';
import { startedServer, type StartedServer } from './server/started.mjs';

/** Real source of which a long file is made, as the editor calls its language. */
const typedIn: readonly [language: string, ending: string, from: Package][] = [
  ['go', '.go', { registry: 'go', name: 'github.com/nsqio/nsq', version: 'v1.3.0' }],
  ['javascript', '.js', { registry: 'npm', name: 'moleculer', version: '0.15.2' }],
  ['python', '.py', { registry: 'pypi', name: 'faust-streaming', version: '0.15.3' }],
  ['java', '.java', { registry: 'maven', name: 'org.apache.rocketmq:rocketmq-broker', version: '5.3.1' }],
];
const [longLines, savedLines, keys] = [5000, 3000, 40];
/** Files read of each of four languages, 5,000 together. */
const indexedOfLanguage = 1250;
/** Threads that Node starts when it first reads a file, and keeps. */
const readers = 4;
/** Long enough for what a server does by itself after its start or a question. Milliseconds. */
const rest = 3000;

/** What the built language server takes in a process of its own: memory, and time from a key to its diagnostics. */
export async function benchServer(): Promise<Measured[]> {
  return [...(await memory()), ...(await typing())];
}

async function memory(): Promise<Measured[]> {
  const { tree, files } = await corpusTree(indexedOfLanguage);
  const server = await startedServer([tree]);
  try {
    await sleep(rest);
    const idle = server.memory().now;
    const threads = server.threads();
    await server.client.rpc.sendRequest(asked.ofWorkspace.method);
    const { most } = server.memory();
    await sleep(rest);
    const what = `language server, ${files} files of public packages`;
    return [
      atMost('language server, idle: memory held, MB', idle, 60),
      atMost(`${what}: most memory held while they are read, MB`, most, 250),
      atMost(`${what}: memory held afterwards, MB`, server.memory().now, 120),
      atMost(`${what}: threads more than before`, server.threads() - threads, readers),
    ];
  } finally {
    await server.stop();
    await rm(tree, { recursive: true, force: true });
  }
}

async function typing(): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const [language, ending, from] of typedIn) {
    const server = await startedServer();
    try {
      const [short, long] = [await linesOf(from, ending, savedLines), await linesOf(from, ending, longLines)];
      const saved = await typed(server, language, ending, short, 'key');
      const key = await typed(server, language, ending, long, 'key');
      const whole = await typed(server, language, ending, long, 'whole text');
      const what = `typing in ${longLines} lines of ${language}`;
      const times = [...key.waits].sort((a, b) => a - b);
      rows.push(
        atMost(`${what}: key to diagnostics, 95th percentile, ms`, times[Math.ceil(keys * 0.95) - 1] ?? NaN, 100),
        compared(`${what}: processor time of a key beside that of the whole text, ms`, key.cpu, whole.cpu, 1),
        atMost(`${savedLines} lines of ${language}: checked again, median, ms`, median(saved.waits), 20),
      );
    } finally {
      await server.stop();
    }
  }
  return rows;
}

/** Keys in the middle of a text, one after the other, each as soon as the one before has its diagnostics. */
async function typed(
  { client, cpu }: StartedServer,
  language: string,
  ending: string,
  lines: readonly string[],
  sent: 'key' | 'whole text',
): Promise<{ waits: number[]; cpu: number }> {
  const uri = pathToFileURL(path.resolve(`/typed${lines.length}${sent.length}${ending}`)).href;
  const text = lines.join('\n');
  const row = Math.floor(lines.length / 2);
  const answered = (version: number) =>
    client.until(() => client.diagnostics.some((each) => each.uri === uri && each.version === version));
  await client.open(uri, text, language);
  await answered(1);
  const [waits, before]: [number[], number] = [[], cpu()];
  for (let version = 2; version < keys + 2; version++) {
    const began = performance.now();
    // A blank comes and goes at the end of a line: the text stays a program.
    const end = lines[row]?.length ?? 0;
    const isThere = version % 2 === 1;
    if (sent === 'key') await client.edit(uri, version, [row, end, row, end + (isThere ? 1 : 0)], isThere ? '' : ' ');
    else {
      await client.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
      await client.rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: language, version, text },
      });
    }
    await answered(version);
    waits.push(performance.now() - began);
  }
  const taken = (cpu() - before) / keys;
  await client.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return { waits, cpu: taken };
}

/** Whole files one after the other, which is a program too, up to so many lines. */
async function linesOf(from: Package, ending: string, most: number): Promise<string[]> {
  const source = await packageSource(from);
  if (!source.ok) throw new Error(source.reason);
  const lines: string[] = [];
  for (const file of sourceFiles(source.value).sort()) {
    if (!file.endsWith(ending)) continue;
    const own = readFileSync(path.join(source.value, file), 'utf8').split('\n');
    if (lines.length + own.length <= most) lines.push(...own);
  }
  if (lines.length < most * 0.95) throw new Error(`${from.name} has only ${lines.length} lines`);
  return lines;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchServer());
