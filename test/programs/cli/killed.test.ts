import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../harness/tools';

it('A file that is written whole is the one before or the one after, whenever the writer is killed', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'killed-')), 'backpressure.yaml');
  for (const rounds of [1, 2, 3]) {
    const writer = spawn(
      process.execPath,
      ['--import', 'tsx', path.join(projectRoot, 'test/harness/writer.mts'), file],
      { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for (let seen = 0; seen < rounds;) seen += String((await once(writer.stdout, 'data'))[0]).length;
    // The next round has begun.
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const text = readFileSync(file, 'latin1');
    expect(text.length).toBe(20_000_000);
    expect(text).toBe(text.charAt(0).repeat(text.length));
  }
}, 30_000);
