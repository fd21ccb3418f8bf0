/** One sample of a page. The value may be NaN or infinite. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** A line that is not as the format wants it. */
export class PageError extends Error {
  override name = 'PageError';
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*[ \t]*=[ \t]*"(?:[^"\\]|\\.)*"`;
/** Written so that no two repetitions beside each other take the same character: a hostile line costs its length, not its square. */
const labelSet = String.raw`\{[ \t]*((?:${label}[ \t]*(?:,[ \t]*${label}[ \t]*)*(?:,[ \t]*)?)?)\}`;
const number = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const value = String.raw`${number}|[+-]?[iI]nf(?:inity)?|[nN]a[nN]`;
/** Name, labels, value; then a time and an exemplar, of which nothing is needed. */
const sampleLine = new RegExp(
  String.raw`^(${name})(?:[ \t]*${labelSet}[ \t]*|[ \t]+)(${value})(?:[ \t]+${number})?(?:[ \t]+#[ \t]+${labelSet}[ \t]+(?:${value})(?:[ \t]+${number})?)?[ \t]*$`,
);
const selectorText = new RegExp(String.raw`^[ \t]*(${name})[ \t]*(?:${labelSet})?[ \t]*$`);
/** No line of a real page comes near it. */
const longestLine = 1024 * 1024;

/**
 * Reads a page of metrics piece by piece: Prometheus' text format 0.0.4 or OpenMetrics 1.0. Comments (help, type, unit)
 * are passed over; a line that is neither makes the whole page unreadable, as it does for Prometheus.
 */
export class PageReader {
  private rest = '';
  private line = 0;
  /** The last line of OpenMetrics was seen. */
  ended = false;

  constructor(private readonly onSample: (sample: Sample) => void) {}

  /** @throws {PageError} with the number of the first line that is not as it should be */
  feed(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.read(line);
    if (this.rest.length > longestLine) throw new PageError(`line ${this.line + 1} is longer than 1 MB`);
  }

  /** The page is over. @throws {PageError} */
  end(): void {
    const last = this.rest;
    this.rest = '';
    if (last !== '') this.read(last);
  }

  private read(raw: string): void {
    this.line += 1;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '') return;
    if (this.ended) throw new PageError(`line ${this.line} comes after the end (# EOF)`);
    if (line.startsWith('#')) {
      this.ended = line === '# EOF';
      return;
    }
    const [, metric, labels, figure] = sampleLine.exec(line) ?? [];
    if (metric === undefined || figure === undefined) {
      throw new PageError(`line ${this.line} is no metric: ${JSON.stringify(line.slice(0, 60))}`);
    }
    this.onSample({ name: metric, labels: readLabels(labels ?? ''), value: readValue(figure) });
  }
}

/** The name of a metric, and labels that its series must have. */
export interface Selector {
  name: string;
  labels: Record<string, string>;
}

/** `items_processed_total{stage="validator"}`; null where the text is something else, such as PromQL. */
export function parseSelector(text: string): Selector | null {
  const [, metric, labels] = selectorText.exec(text) ?? [];
  return metric === undefined ? null : { name: metric, labels: readLabels(labels ?? '') };
}

export const selects = (selector: Selector, sample: Sample): boolean =>
  selector.name === sample.name && Object.entries(selector.labels).every(([key, text]) => sample.labels[key] === text);

const oneLabel = /([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"/g;

function readLabels(text: string): Record<string, string> {
  const found = [...text.matchAll(oneLabel)].map(([, key = '', quoted = '']) => [key, unescape(quoted)] as const);
  return Object.fromEntries(found);
}

const unescape = (quoted: string) =>
  quoted.includes('\\') ? quoted.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter)) : quoted;

function readValue(text: string): number {
  if (/^[+-]?[iI]nf/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}
