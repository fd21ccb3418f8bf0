import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/hazards/languages/named';
import type { Environment } from '../../../src/model/environment';
import type { SourceReference } from '../../../src/model/scan';
import { projectRoot } from '../../harness/tools';
import { engine } from '../../harness/hazardEngine';

const samples = path.join(projectRoot, 'test/corpus/references');
const set = (value: string) => ({ value, origin: '.env:1' });
const environment: Environment = new Map([
  ['OUT_TOPIC', set('invoices')],
  ['app.outtopic', set('${OUT_TOPIC}')],
  ['app.many', set('a, b')],
  ['spring.kafka.consumer.groupid', set('shop')],
  ['spring.cloud.stream.bindings.ordersout0.destination', set('shipped')],
]);

/** What the comment of a line says: `role system destination[ / group] confidence`, several parted by `;`. */
const expectedOf = (text: string) =>
  text.split('\n').flatMap((line, index) => {
    const said = /(?:\/\/|#) ((?:consume|produce|declare) .*)$/.exec(line)?.[1];
    return said?.split('; ').map((each) => `${index + 1} ${each}`) ?? [];
  });

const inWords = ({ line, role, system, destination, group, confidence }: SourceReference) =>
  `${line} ${role} ${system} ${destination ?? '?'}${group === null ? '' : ` / ${group}`} ${confidence}`;

async function referencesIn(file: string, text: string, variables = environment) {
  const { references } = await engine.scanText(languageOf(file) ?? 'go', text, file, { environment: variables });
  return references.map(inWords).sort((a, b) => parseInt(a) - parseInt(b));
}

describe('queues that source names', () => {
  it.each(['sample.ts', 'sample.go', 'sample.py', 'sample.java', 'sample.rs', 'sample.cs'])(
    'are those that the comments of %s tell',
    async (file) => {
      const text = readFileSync(path.join(samples, file), 'utf8');
      expect(expectedOf(text).length).toBeGreaterThan(9);
      expect(await referencesIn(file, text)).toEqual(expectedOf(text));
    },
  );

  it('are not guessed where the environment does not say', async () => {
    const text = readFileSync(path.join(samples, 'sample.py'), 'utf8');
    expect(await referencesIn('sample.py', text, new Map())).toContain('27 produce kafka ? unknown');
  });

  it('are none where no client library is imported', async () => {
    expect(await referencesIn('a.ts', "kafka.consumer({}).subscribe({ topic: 'orders' });")).toEqual([]);
  });

  it.each(['sample.py', 'sample.java'])('are found in half-typed code of %s without a crash', async (file) => {
    const text = readFileSync(path.join(samples, file), 'utf8');
    for (let end = 0; end < text.length; end += 97) await referencesIn(file, text.slice(0, end));
  });
});
