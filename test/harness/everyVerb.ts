import { mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../../src/model/report';
import type { Sweep } from '../../src/model/sweep';
import { cli } from './cli';
import { folder, runFolder } from './tools';

/** What the verbs of the command line that ask a broker told of it. */
export interface Told {
  /** Of `queues` the second sweep, of `watch` all that were recorded. */
  sweeps: Sweep[];
  analyzed: Report;
}

/**
 * Runs each verb that asks a broker, all at once, as they mostly wait.
 * @throws {Error} with what a verb said, unless every one ended well and silently
 */
export async function everyVerb(url: string): Promise<Told> {
  const recording = path.join(mkdtempSync(path.join(folder(runFolder), 'every-verb-')), 'recording.jsonl');
  const verbs = [
    ['queues', '--window', '1s', '--format', 'json'],
    ['watch', '--for', '2s', '--interval', '1s', '--record', recording],
    ['analyze', '--window', '20s', '--format', 'json'],
  ];
  const results = await Promise.all(verbs.map((verb) => cli([...verb, '--broker', url])));
  for (const [i, { code, stderr }] of results.entries()) {
    if (code !== 0 || stderr !== '') throw new Error(`${verbs[i]?.[0]} ended with ${code}: ${stderr}`);
  }
  const [listed, , analyzed] = results.map(({ stdout }) => stdout);
  const recorded = readFileSync(recording, 'utf8').trim().split('\n');
  return {
    sweeps: [listed ?? '', ...recorded].map((text) => JSON.parse(text) as Sweep),
    analyzed: JSON.parse(analyzed ?? '') as Report,
  };
}
