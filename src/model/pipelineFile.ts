import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { isNestedTooDeep, tooDeep } from './nesting';
import type { Pipeline } from './pipeline';
import { buildPipeline } from './pipelineBuild';
import { suggestion, type Path, type PipelineProblem, type Report } from './pipelineProblem';
import { pipelineFile, type PipelineFile } from './pipelineSchema';

/** What has become of the text of a pipeline file. */
export interface ParsedPipeline {
  /** Null as soon as there is one error: a file with errors is never half used. */
  pipeline: Pipeline | null;
  problems: PipelineProblem[];
}

/**
 * Reads the text of a pipeline file. Every problem has its line and column; none is thrown.
 * @param env what `${env:NAME}` in the brokers section is taken from
 */
export function parsePipelineFile(text: string, env: Record<string, string | undefined>): ParsedPipeline {
  if (isNestedTooDeep(text))
    return { pipeline: null, problems: [{ severity: 'error', line: 1, column: 1, message: tooDeep }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: PipelineProblem[] = document.errors.map((error) => ({
    severity: 'error',
    ...place(lines, error.pos[0]),
    message: error.code === 'DUPLICATE_KEY' ? twice(text, error.pos[0]) : error.message.replaceAll('\n', ' '),
  }));
  const report: Report = (severity, path, message, onKey = false) =>
    problems.push({ severity, ...place(lines, offsetOf(document, path, onKey)), message });
  const done = (pipeline: Pipeline | null): ParsedPipeline => ({
    pipeline: problems.some((p) => p.severity === 'error') ? null : pipeline,
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
  });
  if (problems.length > 0) return done(null);
  let value: unknown;
  try {
    // An alias bomb stops here instead of filling the memory.
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    report('error', [], error instanceof Error ? error.message : String(error));
    return done(null);
  }
  if (value === null || value === undefined) {
    report('error', [], 'the file is empty; it needs "brokers:" and "stages:"');
    return done(null);
  }
  const file = validate(value, report);
  if (!file) return done(null);
  return done(buildPipeline(file, env, report));
}

/** What is said of a second broker, stage or setting of one name. */
function twice(text: string, offset: number): string {
  const key = /^"[^"\n]*"|^'[^'\n]*'|^[^:\n]+/.exec(text.slice(offset))?.[0].trim() ?? '';
  return `"${key.replace(/^["']|["']$/g, '')}" stands here twice: each name is given once`;
}

function validate(value: unknown, report: Report): PipelineFile | null {
  const parsed = pipelineFile.safeParse(value);
  if (parsed.success) return parsed.data;
  let unknownOnly = true;
  for (const issue of parsed.error.issues) {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        report('warning', [...path, key], unknownKey(key, path), true);
        removeAt(value, path, key);
      }
    } else {
      unknownOnly = false;
      report('error', path, describe(issue, path));
    }
  }
  if (!unknownOnly) return null;
  const again = pipelineFile.safeParse(value);
  return again.success ? again.data : null;
}

/** The keys that may stand at a path, read from the schema itself. */
function knownKeys(path: Path): string[] {
  let schema: z.core.$ZodType = pipelineFile;
  for (const part of path) {
    let inner = unwrap(schema);
    if (inner._zod.def.type === 'object')
      inner = ((inner as z.ZodObject).shape as Record<string, z.core.$ZodType>)[part] ?? inner;
    else if (inner._zod.def.type === 'record') inner = (inner as z.ZodRecord).valueType;
    else if (inner._zod.def.type === 'array') inner = (inner as z.ZodArray).element;
    schema = inner;
  }
  const inner = unwrap(schema);
  return inner._zod.def.type === 'object' ? Object.keys((inner as z.ZodObject).shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as { innerType?: z.core.$ZodType };
  return def.innerType ? unwrap(def.innerType) : schema;
}

const unknownKey = (key: string, path: Path) => {
  const known = knownKeys(path);
  return `unknown key "${key}"${suggestion(key, known) || `; known are ${known.join(', ')}`}`;
};

function describe(issue: z.core.$ZodIssue, path: Path): string {
  const what = path.length > 0 ? `"${String(path.at(-1))}"` : 'the file';
  return `${what}: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

function removeAt(value: unknown, path: Path, key: string): void {
  let holder = value as Record<string | number, unknown>;
  for (const part of path) holder = holder[part] as Record<string | number, unknown>;
  Reflect.deleteProperty(holder, key);
}

/** Where a value (or its key) begins; the nearest ancestor that exists when it does not. */
function offsetOf(document: Document, path: Path, onKey: boolean): number {
  if (onKey) {
    const holder: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(holder) ? holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  for (let n = path.length; n >= 0; n--) {
    const node: unknown = n === 0 ? document.contents : document.getIn(path.slice(0, n), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
