import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsAbove } from '../../src/cli/scan/settingsFile';
import { readAsyncApi } from '../../src/discover/asyncapi/read';
import { findBrokers } from '../../src/discover/brokers/find';
import { isBound } from '../../src/discover/match/names';
import { Ignored } from '../../src/files/ignored';
import { sized, walk } from '../../src/files/walk';
import { workspaceAt } from '../../src/files/workspace';
import { readRecording } from '../../src/measure/recording';
import { matchesPattern } from '../../src/model/pipeline';
import { parsePipelineFile } from '../../src/model/pipelineFile';

/** Nine to the tenth power of one letter, if anybody put in what stands for it. */
const names = 'abcdefghijk'.split('');
const aliases = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...names.slice(1).map((name, i) => `${name}: &${name} [${Array<string>(9).fill(`*${names[i]}`).join(', ')}]`),
].join('\n');
const brackets = `x: ${'['.repeat(900_000)}`;
const dashes = '- '.repeat(900_000);
const nested = { brackets, dashes };

let began: number;
beforeEach(() => void (began = process.cpuUsage().user));
afterEach(() => {
  expect((process.cpuUsage().user - began) / 1e6, 'seconds of work').toBeLessThan(2);
});

describe('Aliases that multiply each other', () => {
  it('are refused in a pipeline file, with a message', () => {
    const { pipeline, problems } = parsePipelineFile(aliases, {});
    expect(pipeline).toBeNull();
    expect(problems[0]?.message).toMatch(/alias count/);
  });

  it('are never put in where brokers are looked for in a Compose file or in settings', () => {
    const compose = `${aliases}\nservices: { cache: { image: redis, ports: ['6379:6379'], labels: *k } }`;
    expect(findBrokers('compose.yaml', compose)).toHaveLength(1);
    expect(findBrokers('application.yml', aliases)).toEqual([]);
  });

  it('are never put in where an AsyncAPI document is read', () => {
    expect(readAsyncApi('api.yaml', `asyncapi: 3.0.0\n${aliases}`)).toMatchObject({ problem: null, references: [] });
  });

  it('are refused in .backpressurerc, with a message', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
    writeFileSync(path.join(folder, '.backpressurerc'), aliases);
    expect(() => settingsAbove(folder)).toThrow(/\.backpressurerc:1:1: .*alias count/);
  });
});

describe.each(Object.entries(nested))('Lists nested a million deep (%s)', (_, text) => {
  it('are refused in a pipeline file', () => {
    expect(parsePipelineFile(text, {}).problems[0]?.message).toMatch(/nested more than/);
  });

  it('are refused in an AsyncAPI document', () => {
    expect(readAsyncApi('api.yaml', `asyncapi: 3.0.0\n${text}`).problem).toMatch(/nested more than/);
  });

  it('name no broker', () => {
    for (const name of ['compose.yaml', 'application.yml']) expect(findBrokers(name, text)).toEqual([]);
  });

  it('are no line of a recording', () => {
    expect(() => readRecording(`{"version":1,"at":${text}}\n{}`)).toThrow(/line/);
  });
});

describe('An expression is never given the time to explode', () => {
  it('where a pattern of a pipeline file meets the name of a queue', () => {
    const pattern = `${'*a'.repeat(40)}b`;
    expect(matchesPattern(pattern, 'a'.repeat(5000))).toBe(false);
    expect(matchesPattern(pattern, `${'a'.repeat(5000)}ab`)).toBe(true);
  });

  it.each([
    ['bull:*', 'bull:', true],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*.dead', 'orders.dead', true],
    ['plain', 'plain', true],
    ['plain', 'plainer', false],
  ])('and still %s meets "%s" as it should', (pattern, name, fits) => {
    expect(matchesPattern(pattern, name)).toBe(fits);
  });

  it('where a binding of a broker meets a routing key', () => {
    const exchange = 'events';
    const bound = (key: string, bindingKey: string) => isBound([{ exchange, key: bindingKey }], { exchange, key });
    expect(bound('a.'.repeat(2000), `${'#.a.'.repeat(50)}x`)).toBe(false);
    expect(bound('orders.eu.paid', 'orders.#.paid')).toBe(true);
    expect(bound('orders.eu.paid', 'orders.*')).toBe(false);
    expect(bound('orders.eu.paid', '*.eu.*')).toBe(true);
  });

  it('where a line of a settings file, as a program writes it, is looked through for brokers', () => {
    for (const line of ['a'.repeat(1_000_000), `a =${' '.repeat(1_000_000)}`, 'a.'.repeat(500_000)])
      for (const name of ['settings.js', 'celery.py', '.env']) expect(findBrokers(name, line)).toEqual([]);
  });
});

describe('A workspace with links that lead astray', () => {
  it('is scanned inside of itself only, and says what it left out', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'secret-'));
    writeFileSync(path.join(elsewhere, 'secret.go'), 'package main');
    mkdirSync(path.join(folder, 'src'));
    const own = 'package main';
    writeFileSync(path.join(folder, 'src', 'own.go'), own);
    symlinkSync(elsewhere, path.join(folder, 'out'));
    symlinkSync(folder, path.join(folder, 'src', 'round'));
    symlinkSync('/dev/zero', path.join(folder, 'endless.go'));
    symlinkSync('/dev/zero', path.join(folder, '.gitignore'));
    const ignored = new Ignored(folder, { folder, patterns: [] }, false);
    const outside = 'a symbolic link that leads out of the scanned folder';
    expect([...walk(folder, folder, ignored)]).toEqual([
      ...['.gitignore', 'endless.go', 'out'].map((name) => ({ file: path.join(folder, name), reason: outside })),
      { file: path.join(folder, 'src', 'own.go'), bytes: own.length },
    ]);
  });

  it('is read no further where its source names other files', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'secret-'));
    writeFileSync(path.join(elsewhere, 'names.py'), "QUEUE = 'secret'");
    writeFileSync(path.join(folder, 'long.py'), ' '.repeat(2 * 1024 * 1024 + 1));
    writeFileSync(path.join(folder, 'own.py'), "QUEUE = 'orders'");
    symlinkSync(elsewhere, path.join(folder, 'out'));
    symlinkSync(path.join(elsewhere, 'names.py'), path.join(folder, 'names.py'));
    symlinkSync('/dev/zero', path.join(folder, 'endless.py'));
    symlinkSync(path.join(folder, 'own.py'), path.join(folder, 'same.py'));
    execFileSync('mkfifo', [path.join(folder, 'waits.py')]);
    const workspace = workspaceAt(folder);
    for (const name of ['names.py', 'out/names.py', '../own.py', 'long.py', 'endless.py', 'waits.py', 'none.py'])
      expect([name, workspace.read(name)]).toEqual([name, null]);
    for (const name of ['own.py', 'same.py']) expect(workspace.read(name)).toBe("QUEUE = 'orders'");
    for (const name of ['out', '..']) expect(workspace.list(name)).toEqual([]);
    expect(workspace.list('')).toContain('own.py');
    expect(sized(path.join(folder, 'waits.py'))).toMatchObject({ reason: 'no plain file' });
  });

  it('may name no device as its settings', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
    symlinkSync('/dev/zero', path.join(folder, '.backpressurerc'));
    expect(() => settingsAbove(folder)).toThrow(/no settings file/);
  });
});
