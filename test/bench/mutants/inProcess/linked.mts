// Links the packages into a sandbox of Stryker, with a stand-in for vitest.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const packages = path.resolve('../../../../../node_modules');
mkdirSync('node_modules/vitest', { recursive: true });
for (const name of readdirSync(packages))
  if (name !== 'vitest') symlinkSync(path.join(packages, name), path.join('node_modules', name));
writeFileSync('node_modules/vitest/package.json', JSON.stringify({ type: 'module', exports: './index.mjs' }));
symlinkSync(path.resolve('test/bench/mutants/inProcess/standIn.mjs'), 'node_modules/vitest/index.mjs');
