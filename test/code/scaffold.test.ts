import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scaffoldKinds } from '../../src/generate/code/kinds';
import { cli } from '../harness/cli';
import { folder, runFolder } from '../harness/tools';

const pool = ['scaffold', 'worker-pool', '--language', 'go'];
const emptyFolder = () => mkdtempSync(path.join(folder(runFolder, 'scaffold'), 'empty-'));

describe('backpressure scaffold', () => {
  it('prints a text under the name and with the size that were asked for', async () => {
    const { code, stdout, stderr } = await cli([...pool, '--name', 'order_jobs', '--concurrency', '23']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('type OrderJobs[T any] struct');
    expect(stdout).toContain('DefaultConcurrency = 23\n');
  });

  it('names the file as the language does where a folder is given', async () => {
    const cwd = emptyFolder();
    const { code, stderr } = await cli([...pool, '--name', 'OrderJobs', '--output', '.'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'wrote order_jobs.go\n' });
    expect(readFileSync(path.join(cwd, 'order_jobs.go'), 'utf8')).toContain('package orderjobs');
  });

  it('writes over a file only with --force', async () => {
    const cwd = emptyFolder();
    const written = [...pool, '--output', 'jobs.go'];
    expect(await cli(written, { cwd })).toMatchObject({ code: 0 });
    const before = readFileSync(path.join(cwd, 'jobs.go'), 'utf8');
    expect(await cli([...written, '--name', 'Other'], { cwd })).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: '--output: jobs.go is there already; --force writes over it\n',
    });
    expect(readFileSync(path.join(cwd, 'jobs.go'), 'utf8')).toBe(before);
    expect(await cli([...written, '--name', 'Other', '--force'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(cwd, 'jobs.go'), 'utf8')).toContain('package other');
  });

  it.each([
    ['--name', '"; drop'],
    ['--name', '*/'],
    ['--name', '`rm`'],
    ['--name', 'a\nb'],
    ['--name', 'func'],
    ['--name', ''],
    ['--concurrency', '0'],
    ['--concurrency', '-1'],
    ['--concurrency', '1e9'],
    ['--concurrency', 'many'],
    ['--package', 'a;b'],
    ['--form', 'wheel'],
    ['--language', 'cobol'],
    ['--output', '/nowhere/at/all.go'],
  ])('says in one line what is wrong with %s %j, and writes nothing', async (flag, value) => {
    const cwd = emptyFolder();
    const to = flag === '--output' ? [] : ['--output', 'jobs.go'];
    const { code, stdout, stderr } = await cli([...pool, ...to, flag, value], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${flag}: .+\\n$`));
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('writes another form, and a package of Java where its class has to stand', async () => {
    const { stdout } = await cli([...pool, '--form', 'errgroup', '--package', 'main']);
    expect(stdout).toMatch(/^package main\n[\s\S]*errgroup\.Group/);
    const cwd = emptyFolder();
    const java = ['scaffold', 'semaphore', '--language', 'java', '--name', 'upload_slots', '--package', 'shop'];
    expect(await cli([...java, '--output', 'slots.java'], { cwd })).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: '--output: Java wants this class in a file named UploadSlots.java\n',
    });
    expect(await cli([...java, '--output', '.'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(cwd, 'UploadSlots.java'), 'utf8')).toMatch(/^package shop;\n\nimport /);
  });

  it('says in one line that there is no such kind, and which there are', async () => {
    const { code, stdout, stderr } = await cli(['scaffold', 'teapot', '--language', 'go']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`KIND: there is no "teapot"; one of ${scaffoldKinds.join(', ')}\n`);
  });

  it('lists its kinds and their languages in its help', async () => {
    const { code, stdout } = await cli(['scaffold', '--help']);
    expect(code).toBe(0);
    for (const kind of scaffoldKinds) expect(stdout).toContain(kind);
  });
});
