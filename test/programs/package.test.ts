import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestPackage } from '../../scripts/releaseCheck.mjs';
import { projectRoot } from '../harness/tools';
import { zipEntries, type ZipEntry } from '../harness/zip';

const script = (...args: string[]) => execFileSync(process.execPath, args, { cwd: projectRoot, stdio: 'pipe' });
const filesBelow = (folder: string) =>
  readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(projectRoot, folder), path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'));
const named = (folder: string, names: readonly string[]) => names.map((name) => `${folder}/${name}`);

const bundles = [
  'cli',
  'cliLater',
  'extension',
  'hazards',
  'indexWorker',
  'languageProtocol',
  'later',
  'pipelineFile',
  'scanWorker',
  'server',
  'serverLater',
  'yaml',
];
const brokers = ['demo', 'kafka', 'nats', 'prometheus', 'rabbitmq', 'redis', 'sqs'];
const pages = ['chart.css', 'chart.js', 'page.css', 'page.js'];
const schemas = ['backpressurerc', 'pipeline', 'report', 'scan', 'sweep'];
const pictures = ['chart', 'connect', 'file', 'report', 'tree'].flatMap((what) => [`${what}-dark`, `${what}-light`]);

describe('The package', () => {
  let entries: ZipEntry[];

  beforeAll(() => {
    if (!existsSync(path.join(projectRoot, 'dist/ThirdPartyNotices.txt'))) script('esbuild.mjs');
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'backpressure-')), 'extension.vsix');
    script('scripts/package.mjs', '--no-build', file);
    entries = zipEntries(readFileSync(file));
  }, 120_000);

  it('holds exactly these files', () => {
    expect(entries.map(({ name }) => name).sort()).toEqual(
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        ...named('extension', ['LICENSE.txt', 'ThirdPartyNotices.txt', 'changelog.md', 'package.json', 'readme.md']),
        ...named(
          'extension/dist',
          [...bundles, ...named('brokers', brokers)].map((name) => `${name}.js`),
        ),
        ...named('extension/dist/webview', pages),
        ...named('extension/dist/grammars', filesBelow('dist/grammars')),
        ...named('extension/dist/templates', filesBelow('src/generate/code/templates')),
        ...named('extension/media', ['icon.png', 'icon.svg']),
        ...named(
          'extension/media/schemas',
          schemas.map((name) => `${name}.schema.json`),
        ),
        ...named('extension/media/snippets', filesBelow('media/snippets')),
        ...named(
          'extension/media/walkthrough',
          pictures.map((name) => `${name}.png`),
        ),
      ].sort(),
    );
  });

  it('names no folder of the machine that made it', () => {
    const telling = entries.filter(
      ({ name, text }) => /\.(js|css|json|md|txt)$/.test(name) && text().includes(projectRoot),
    );
    expect(telling.map(({ name }) => name)).toEqual([]);
  });

  it('carries none of the requests that kafkajs could write with', () => {
    const reader = entries.find(({ name }) => name === 'extension/dist/brokers/kafka.js');
    const requests = [...(reader?.text() ?? '').matchAll(/\bapiName: ?"(\w+)"/g)].map(([, request]) => request);
    expect([...new Set(requests)].sort()).toEqual(['ApiVersions', 'SaslAuthenticate', 'SaslHandshake']);
  });

  it('is no larger than what it shows, parses and runs needs', async () => {
    const sizes = await Promise.all(
      entries.map(async ({ name, packed, text }) => {
        if (!name.endsWith('.js')) return packed;
        // As it is minified for the package; dist/ is not, and others read it at this moment.
        const { code } = await transform(text(), { minify: true, platform: 'node', target: 'node20' });
        return deflateRawSync(code).byteLength;
      }),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes, `${bytes} bytes`).toBeLessThan(largestPackage);
  });

  it('names every package it was made of, with version and licence', () => {
    const notices = entries.find(({ name }) => name.endsWith('ThirdPartyNotices.txt'))!.text();
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(manifest.dependencies)) {
      const { version } = JSON.parse(
        readFileSync(path.join(projectRoot, 'node_modules', name, 'package.json'), 'utf8'),
      ) as { version: string };
      expect(notices).toMatch(new RegExp(`^${name} ${version} \\([^)]+\\)$`, 'm'));
    }
  });
});
