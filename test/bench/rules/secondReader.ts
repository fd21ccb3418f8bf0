import { secondReadings, slipped, type SecondReading } from '../../harness/hazardCorpus';
import type { ScannedPackage } from './found';
import { share } from './markdown';

/** Readers do not always point at the same line of a statement. Lines. */
const apart = 2;

interface Mark {
  file: string;
  line: number;
  endLine?: number;
  rule: string;
}

/** The same files, as three have read them. */
interface Read {
  second: readonly Mark[];
  hazards: readonly Mark[];
  tricky: readonly Mark[];
  reports: readonly Mark[];
}

/**
 * How well a second reader of some files agrees with the labels in them, and the scanner with that reader, as Markdown.
 * @param scanned of packages that are not among them nothing is told
 * @throws {Error} when a place is not where the reader says
 */
export function secondReader(scanned: readonly ScannedPackage[]): string {
  const files: string[] = [];
  const read = secondReadings().flatMap((reading): Read[] => {
    const of = scanned.find(({ name, version }) => name === reading.name && version === reading.version);
    if (!of) return [];
    files.push(...reading.files);
    return [readBy(reading, of)];
  });
  /** How many of the first are among the second. */
  const among = (which: keyof Read, others: keyof Read) => {
    const seen = read.flatMap((each) => each[which].filter((mark) => each[others].some((other) => meet(mark, other))));
    return share(seen.length, read.flatMap((each) => each[which]).length);
  };
  return [
    '## A second reader',
    `Readers who knew neither labels nor rules read ${files.length} of the labelled files whole and wrote down every place that they held for a hazard (\`test/corpus/secondReader.yaml\`; the same kind, at most ${apart} lines apart):`,
    [
      `- of the hazards labelled there the second reader found ${among('hazards', 'second')}, the scanner ${among('hazards', 'reports')};`,
      `- of the tricky harmless places the second reader wrote down ${among('tricky', 'second')}, the scanner reports ${among('tricky', 'reports')};`,
      `- of all that the second reader wrote down the scanner reports ${among('second', 'reports')}, and of what the scanner reports the second reader wrote down ${among('reports', 'second')}.`,
    ].join('\n'),
  ].join('\n\n');
}

function readBy(reading: SecondReading, { source, name, places, found }: ScannedPackage): Read {
  const wrong = slipped(reading, source);
  if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('; ')}`);
  const labels = places.filter(({ file, reported }) => reading.files.includes(file) && !reported);
  return {
    second: reading.places,
    hazards: labels.filter(({ hazard }) => hazard),
    tricky: labels.filter(({ hazard }) => !hazard),
    reports: found.flatMap((each) => (reading.files.includes(each.path) ? [{ ...each, file: each.path }] : [])),
  };
}

const meet = (one: Mark, other: Mark): boolean =>
  one.rule === other.rule &&
  one.file === other.file &&
  one.line - apart <= (other.endLine ?? other.line) &&
  other.line - apart <= (one.endLine ?? one.line);
