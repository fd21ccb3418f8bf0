import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node, type Scalar } from 'yaml';
import type { Setting } from './settings';

/** `NAME=value`, `name: value` and the like, line by line: `.env` and Java properties. Quotes and comments are taken off. */
export function linesOf(text: string): Setting[] {
  return text.split(/\r?\n/).flatMap((content, index) => {
    const match = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*)$/.exec(content);
    if (!match || /^\s*[#!]/.test(content)) return [];
    const [, name = '', value = ''] = match;
    return [{ name, value: unquoted(value), line: index + 1 }];
  });
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value.trim())?.[2];
  return quoted ?? value.replace(/\s+#.*$/, '').trim();
}

/** Longer lines were made by a program. To look for names in them costs the square of their length. */
const longestLine = 1000;

/** Names that source code gives to a text: `broker_url = '…'`, `brokers: ['…']`, `Celery(broker='…')`, `"url": "…"`. */
export function assignmentsOf(text: string): Setting[] {
  return text.split(/\r?\n/).flatMap((content, index) => {
    if (content.length > longestLine || /^\s*(?:#|\/\/|\*)/.test(content)) return [];
    const found = content.matchAll(
      /["']?([\w.-]+)["']?\s*[:=]\s*\[?\s*(?:[\w.]+\s*(?:\|\||\?\?)\s*)?(["'`])([^"'`]*)\2/g,
    );
    return [...found].map(([, name = '', , value = '']) => ({ name: kafkaName(name), value, line: index + 1 }));
  });
}

/** kafkajs calls its servers `brokers`. */
const kafkaName = (name: string) => (name === 'brokers' ? 'kafka.brokers' : name);

/**
 * The leaves of a YAML file by their dotted path; lists as their entries joined by commas. A file that is no YAML has none.
 * @param dot what stands between the parts of a path
 */
export function leavesOf(text: string, dot = '.'): Setting[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  const found: Setting[] = [];
  const walk = (node: unknown, path: string) => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        walk(value, path === '' ? String(key) : `${path}${dot}${String(key)}`);
      }
    } else if (isSeq(node)) {
      const values = node.items.filter((item) => isScalar(item)).map(textOf);
      if (values.length > 0) found.push({ name: path, value: values.join(','), line: lineOf(node, lines) });
    } else if (isScalar(node) && node.value !== null) {
      found.push({ name: path, value: textOf(node), line: lineOf(node, lines) });
    }
  };
  if (Array.isArray(documents))
    for (const { contents, errors } of documents) if (errors.length === 0) walk(contents, '');
  return found;
}

const textOf = ({ value }: Scalar) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Where a node begins, from 1. */
export const lineOf = (node: Node, lines: LineCounter): number => lines.linePos(node.range?.[0] ?? 0).line;
