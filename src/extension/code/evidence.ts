import type { CodePlace } from '../../diagnose/codePlaces';
import type { Report } from '../../model/report';
import type { PlacedReference } from '../../protocol/references';
import type { CodeIndex } from './codeIndex';
import type { Join } from './join';

/** A report with the places in the workspace's code that belong to its bottlenecks. Nothing is asked where there is none. */
export async function withEvidence(report: Report, index: CodeIndex, join: Join): Promise<Report> {
  const queues = report.bottlenecks.flatMap(({ queue }) => queue ?? []);
  if (queues.length === 0) return report;
  const { withCode } = await import('../later');
  return withCode(report, await placesAt(queues, index, join));
}

/** Where queues are consumed, and what can grow there. */
export async function placesAt(queues: readonly string[], index: CodeIndex, join: Join): Promise<CodePlace[]> {
  const consumers = (await index.all()).filter(({ role }) => role === 'consume');
  const found = await Promise.all(
    queues.map(async (queue) => {
      const own = join.placesOf(queue, consumers);
      return [...own.map((place) => consumed(queue, place)), ...(await hazardsBeside(queue, own, consumers, index))];
    }),
  );
  return found.flat();
}

const consumed = (queue: string, { path, line }: PlacedReference): CodePlace => ({
  ...{ queue, path, line, text: 'it is consumed', rule: null, fix: null },
});

/** The consumer of a file that a line belongs to: the nearest above it, else the first. */
export const consumerBefore = (line: number, consumers: readonly PlacedReference[]): PlacedReference | undefined =>
  consumers.filter((reference) => reference.line <= line).at(-1) ?? consumers[0];

async function hazardsBeside(
  queue: string,
  own: readonly PlacedReference[],
  consumers: readonly PlacedReference[],
  index: CodeIndex,
): Promise<CodePlace[]> {
  const files = new Map(own.map(({ file, path }) => [file, path]));
  const found = await Promise.all(
    [...files].map(async ([file, path]) => {
      const inFile = consumers.filter((reference) => reference.file === file);
      return (await index.hazardsOf(file))
        .filter(({ line }) => own.some((reference) => reference === consumerBefore(line, inFile)))
        .map(({ line, lens, rule, fixes }) => ({ queue, path, line, text: lens, rule, fix: fixes[0] ?? null }));
    }),
  );
  return found.flat();
}
