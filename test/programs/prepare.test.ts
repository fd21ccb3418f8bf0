import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'backpressure-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('a link to the packages of another clone is refused before npm could empty them', () => {
  const [clone, other] = [path.join(folder, 'clone'), path.join(folder, 'other')];
  mkdirSync(path.join(clone, 'scripts'), { recursive: true });
  mkdirSync(path.join(other, 'kept'), { recursive: true });
  copyFileSync('scripts/prepare.mjs', path.join(clone, 'scripts/prepare.mjs'));
  writeFileSync(path.join(clone, 'package-lock.json'), '{}');
  symlinkSync(other, path.join(clone, 'node_modules'));

  const ask = 'import("./scripts/prepare.mjs").then(({ prepare }) => prepare())';
  const { status, stderr } = spawnSync(process.execPath, ['-e', ask], { cwd: clone, encoding: 'utf8' });

  expect(stderr).toContain('node_modules is a link');
  expect(status).toBe(2);
  expect(readdirSync(other)).toEqual(['kept']);
});
