// Builds every bundle into dist/. `--watch` rebuilds on change, `--minify` is for the package.
import { build, context } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { noticesOf, packagesIn } from './scripts/notices.mjs';
import { pageTarget } from './webview/bundle.mjs';

const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');
const kinds = ['demo', 'kafka', 'nats', 'prometheus', 'rabbitmq', 'redis', 'sqs'];

/** Each kind of broker is a bundle of its own, so that its driver is parsed when the first such broker is read. */
const brokersApart = {
  name: 'brokers-apart',
  setup(build) {
    const kind = new RegExp(`^\\./(${kinds.join('|')})/index$`);
    build.onResolve({ filter: kind }, ({ path: wanted, importer }) =>
      path.basename(path.dirname(importer)) === 'measure'
        ? { path: `./brokers/${kind.exec(wanted)[1]}.js`, external: true }
        : undefined,
    );
  },
};

/**
 * What the extension's activation does not need, or the quickest verb, or a server without documents, is a bundle of its
 * own, loaded when first used.
 */
const laterApart = (bundles) => ({
  name: 'later-apart',
  setup(build) {
    for (const [module, bundle] of Object.entries(bundles)) {
      const wanted = new RegExp(`^(\\.{1,2}/)+${module}$`);
      build.onResolve({ filter: wanted }, () => ({ path: `./${bundle}.js`, external: true }));
    }
  },
});

/**
 * What several programs have in them is a bundle that they share: rules and languages, the parser of YAML, the protocol
 * of language servers.
 */
const sharedApart = {
  name: 'shared-apart',
  setup(build) {
    build.onResolve({ filter: /^(\.{1,2}\/)+hazards\/reading$/ }, () => ({ path: './hazards.js', external: true }));
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: './yaml.js', external: true }));
    const protocol = { path: './languageProtocol.js', external: true };
    build.onResolve({ filter: /^vscode-languageserver(\/node)?$/ }, () => protocol);
  },
};

/**
 * kafkajs brings along every request that Kafka knows. Our own are ours, and its connection sends three: the others, which
 * could write, are not even in the package, and half of the bundle need not be parsed.
 */
const onlyWhatConnects = {
  name: 'only-what-connects',
  setup(build) {
    const kept = new Set(['./apiKeys', './apiVersions', './saslHandshake', './saslAuthenticate']);
    const list = path.join('kafkajs', 'src', 'protocol', 'requests', 'index.js');
    build.onResolve({ filter: /^\.\/\w+$/ }, ({ path: wanted, importer }) =>
      importer.endsWith(list) && !kept.has(wanted) ? { path: 'request', namespace: 'never-sent' } : undefined,
    );
    build.onLoad({ filter: /^/, namespace: 'never-sent' }, () => ({
      contents: 'exports.versions = []; exports.protocol = () => { throw new Error("this request is never sent"); };',
    }));
  },
};

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // import() of a CommonJS bundle would parse it twice, first for the names of its exports.
  supported: { 'dynamic-import': false },
  // Its ES module asks import.meta for its place, which a CommonJS bundle does not have.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
  outdir: 'dist',
  minify,
  logLevel: 'warning',
  sourcemap: minify ? false : 'linked',
};
const targets = [
  {
    ...node,
    entryPoints: Object.fromEntries(kinds.map((kind) => [`brokers/${kind}`, `src/measure/${kind}/index.ts`])),
    plugins: [onlyWhatConnects],
  },
  { ...node, entryPoints: { yaml: 'node_modules/yaml/dist/index.js' } },
  { ...node, entryPoints: { languageProtocol: 'node_modules/vscode-languageserver/lib/node/main.js' } },
  { ...node, entryPoints: { hazards: 'src/hazards/reading.ts' }, plugins: [sharedApart] },
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    plugins: [brokersApart, laterApart({ later: 'cliLater', 'model/pipelineFile': 'pipelineFile' })],
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...node, entryPoints: { cliLater: 'src/cli/later.ts' }, plugins: [brokersApart, sharedApart] },
  { ...node, entryPoints: { pipelineFile: 'src/model/pipelineFile.ts' }, plugins: [sharedApart] },
  {
    ...node,
    entryPoints: { extension: 'src/extension/main.ts', later: 'src/extension/later.ts' },
    plugins: [brokersApart, laterApart({ later: 'later' }), sharedApart],
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: { server: 'src/server/main.ts' },
    plugins: [laterApart({ later: 'serverLater' }), sharedApart],
  },
  {
    ...node,
    entryPoints: { serverLater: 'src/server/later.ts', indexWorker: 'src/server/indexWorker.ts' },
    plugins: [sharedApart],
  },
  { ...node, entryPoints: { scanWorker: 'src/cli/scan/worker.ts' }, plugins: [sharedApart] },
  pageTarget(minify),
].filter(({ entryPoints }) => Object.values(entryPoints).every((entry) => existsSync(entry)));

await mkdir('dist/grammars', { recursive: true });
for (const grammar of ['go', 'javascript', 'typescript', 'tsx', 'python', 'java', 'rust', 'c-sharp'].map(
  (language) => `tree-sitter-${language}.wasm`,
))
  await cp(`node_modules/@vscode/tree-sitter-wasm/wasm/${grammar}`, `dist/grammars/${grammar}`);
await cp('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm');
await rm('dist/templates', { recursive: true, force: true });
await cp('src/generate/code/templates', 'dist/templates', { recursive: true });
if (watch) await Promise.all(targets.map(async (target) => (await context(target)).watch()));
else {
  const built = await Promise.all(targets.map((target) => build({ ...target, metafile: true })));
  const inputs = built.flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap((made) => Object.keys(made.inputs)),
  );
  await writeFile('dist/ThirdPartyNotices.txt', noticesOf(packagesIn(inputs)));
}
