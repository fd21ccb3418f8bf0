import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { lineOf } from '../brokers/formats';
import { below } from './folders';
import { ranks, type ConfiguredSetting } from './setting';

/**
 * What a Compose file gives to the programs that it builds: each service's environment goes to the folder of its
 * Dockerfile, that of a service which is not built here to the whole folder of the file.
 * @param variables what `.env` beside the file sets, for `${NAME:-default}`
 */
export function composeSettings(
  path: string,
  text: string,
  variables: ReadonlyMap<string, string>,
): ConfiguredSetting[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const services = document.errors.length === 0 && isMap(document.contents) ? document.contents.get('services') : null;
  if (!isMap(services)) return [];
  const rank = /override\.ya?ml$/.test(path) ? ranks.override : ranks.environment;
  return services.items.flatMap(({ value }) => {
    const service = followed(value, document);
    if (!isMap(service)) return [];
    const folder = below(path, builtIn(followed(service.get('build', true), document)));
    return pairsOf(service.get('environment', true), document).flatMap(({ name, value: raw, node }) => {
      const filled = interpolated(raw, variables);
      return filled === null ? [] : [{ name, value: filled, path, line: lineOf(node, lines), folder, rank }];
    });
  });
}

/** The folder of a service's Dockerfile, relative to the file's. */
function builtIn(build: unknown): string {
  if (!isMap(build)) return textOf(build) ?? '';
  const [context, dockerfile] = ['context', 'dockerfile'].map((key) => textOf(build.get(key, true)) ?? '');
  return `${context ?? ''}/${(dockerfile ?? '').replace(/[^/]*$/, '')}`;
}

/** The text of a scalar; null: it is none, or empty. */
function textOf(node: unknown): string | null {
  const value = isScalar(node) ? node.value : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** `NAME: value`, `- NAME=value`, and what is merged from an anchor; later ones count. */
function pairsOf(given: unknown, document: Document): { name: string; value: string; node: Node }[] {
  const node = followed(given, document);
  if (isSeq(node))
    return node.items.flatMap((item) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(textOf(item) ?? '') ?? [];
      return name !== undefined && value !== undefined && isScalar(item) ? [{ name, value, node: item }] : [];
    });
  if (!isMap(node)) return [];
  const pairs = node.items.flatMap(({ key, value }) => {
    if (String(key) === '<<') return pairsOf(value, document);
    const told = textOf(followed(value, document));
    return isScalar(key) && told !== null ? [{ name: String(key), value: told, node: key }] : [];
  });
  return [...new Map(pairs.map((pair) => [pair.name, pair])).values()];
}

const followed = (node: unknown, document: Document): unknown => (isAlias(node) ? node.resolve(document) : node);

/** Compose fills in from `.env` beside the file, else with the default that is said. Null: neither tells. */
function interpolated(value: string, variables: ReadonlyMap<string, string>): string | null {
  const parts = value.split(/(\$\$|\$\w+|\$\{[^}]*\})/).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part === '$$') return '$';
    const [, name = '', otherwise] = /^\$\{?(\w+)(?::?-([^}]*))?/.exec(part) ?? [];
    return variables.get(name) ?? otherwise;
  });
  return parts.includes(undefined) ? null : parts.join('');
}
