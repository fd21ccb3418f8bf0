import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOnceAt } from '../../../src/files/otherFiles';
import { languageOf } from '../../../src/hazards/languages/named';
import type { FilesBelow } from '../../../src/model/filesBelow';
import type { SourceReference } from '../../../src/model/scan';
import { engine } from '../../harness/hazardEngine';
import { projectRoot } from '../../harness/tools';

const samples = path.join(projectRoot, 'test/corpus/references/elsewhere');

/** What the comment of a line says: `role system destination[ / group] confidence[ of path:line]`, several parted by `;`. */
const expectedOf = (text: string) =>
  text.split('\n').flatMap((line, index) => {
    const said = /(?:\/\/|#) ((?:consume|produce|declare) .*)$/.exec(line)?.[1];
    return said?.split('; ').map((each) => `${index + 1} ${each}`) ?? [];
  });

const inWords = ({ line, role, system, destination, group, confidence, origin }: SourceReference) =>
  `${line} ${role} ${system} ${destination ?? '?'}${group === null ? '' : ` / ${group}`} ${confidence}${origin ? ` of ${origin}` : ''}`;

describe('queues that source names by what other files declare', () => {
  it.each(readdirSync(samples))(
    'are those that the comments in %s tell',
    async (folder) => {
      const root = path.join(samples, folder);
      const files = filesOnceAt(root);
      const expected: string[] = [];
      const found: string[] = [];
      for (const file of readdirSync(root, { recursive: true }).map(String).sort()) {
        const language = languageOf(file);
        if (!language) continue;
        const text = readFileSync(path.join(root, file), 'utf8');
        expected.push(...expectedOf(text).map((each) => `${file}:${each}`));
        const { references } = await engine.scanText(language, text, file, { only: [], among: { path: file, files } });
        const told = references.filter(({ role }) => role !== 'declare').sort((a, b) => a.line - b.line);
        found.push(...told.map((each) => `${file}:${inWords(each)}`));
      }
      expect(expected.length).toBeGreaterThan(4);
      expect(found).toEqual(expected);
    },
    30_000,
  );

  it('are not followed round and round among many files that give something to a name of their own', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `file${index}.go`);
    const other = 'package shop\n\nfunc take() {\n\ts = next()\n}\n';
    let reads = 0;
    const files: FilesBelow = {
      list: (folder) => (folder === '' ? names : []),
      read: (file) => {
        reads += 1;
        return names.includes(file) ? other : null;
      },
    };
    const text = [
      'package shop',
      'import "github.com/segmentio/kafka-go"',
      'var reader = kafka.NewReader(kafka.ReaderConfig{Topic: "orders." + s})',
    ].join('\n');
    const { references } = await engine.scanText('go', text, 'main.go', { among: { path: 'main.go', files } });
    expect(references.map(({ destination }) => destination)).toEqual(['orders.*']);
    expect(reads).toBeLessThan(1000);
  });
});
