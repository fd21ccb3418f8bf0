import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageSource } from '../harness/packageSources';

const small = [
  { registry: 'npm', name: 'p-limit', version: '6.2.0', file: 'index.js', holds: 'export default function pLimit' },
  {
    registry: 'pypi',
    name: 'aiolimiter',
    version: '1.2.1',
    file: 'aiolimiter/leakybucket.py',
    holds: 'class AsyncLimiter',
  },
  {
    registry: 'go',
    name: 'golang.org/x/sync',
    version: 'v0.11.0',
    file: 'errgroup/errgroup.go',
    holds: 'SetLimit(n int)',
  },
] as const;

const [first] = small;
const had = await packageSource(first);

describe.skipIf(!had.ok)(`the source of a public package${had.ok ? '' : ` (skipped: ${had.reason})`}`, () => {
  it.each(small)(
    'of $registry is brought once, at the version asked for',
    async ({ file, holds, ...wanted }) => {
      const source = await packageSource(wanted);
      if (!source.ok) throw new Error(source.reason);
      expect(readFileSync(path.join(source.value, file), 'utf8')).toContain(holds);
      const brought = statSync(source.value).ino;
      expect(await packageSource(wanted)).toEqual(source);
      expect(statSync(source.value).ino).toBe(brought);
    },
    60_000,
  );

  it('is not had when the registry has no such version', async () => {
    const missing = packageSource({ registry: 'npm', name: 'p-limit', version: '0.0.999' });
    const reason = await missing.then((found) => (found.ok ? '' : found.reason), String);
    expect(reason).toContain('p-limit 0.0.999 could not be had');
    expect(existsSync(path.join(import.meta.dirname, '../../.tools/sources/npm/p-limit@0.0.999'))).toBe(false);
  }, 60_000);
});
