// The packages that a build put into its bundles, with their licences: what has to be said of them, and whether it may ship.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Licences that ask for no more than to be told (SPDX). */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'Unlicense', 'BlueOak-1.0.0'];
/** Shipped as they are, beside the bundles. */
const copied = ['node_modules/@vscode/tree-sitter-wasm', 'node_modules/web-tree-sitter'];

/** Folder of the package that a file of a bundle is from; null: it is ours. */
const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null;

/** The licence's own text; a package that ships none is told by its name and licence. */
function textOf(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  return file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
}

/**
 * @param files inputs of all bundles, as esbuild's metafile names them
 * @returns name, version, licence and text of each package, by name
 * @throws {Error} that names what may not ship
 */
export function packagesIn(files) {
  const folders = new Set(
    [...copied, ...files.map(packageOf)].filter((folder) => folder !== null && existsSync(folder)),
  );
  const packages = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return { name, version, license: String(license?.type ?? license), text: textOf(folder) };
  });
  const refused = packages.filter(
    ({ license }) => !license.split(/ OR /).some((each) => allowed.includes(each.replace(/[()]/g, ''))),
  );
  if (refused.length > 0)
    throw new Error(`may not ship: ${refused.map(({ name, license }) => `${name} (${license})`).join(', ')}`);
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of ThirdPartyNotices.txt. */
export const noticesOf = (packages) =>
  [
    'Backpressure Analyzer ships these packages, each under its own licence.',
    packages.map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n'),
    ...packages.map(
      ({ name, version, license, text }) => `${'='.repeat(78)}\n${name} ${version}\n\n${text || license}`,
    ),
  ].join('\n\n') + '\n';
