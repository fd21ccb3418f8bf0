import type { AdviceKind, Bottleneck, Recommendation, Report } from '../model/report';

/** A place in source code that consumes a queue, or can grow without bound beside one that does. */
export interface CodePlace {
  /** Queue id. */
  queue: string;
  /** Relative to the workspace, with `/`. */
  path: string;
  /** From 1. */
  line: number;
  /** What is there, in a few words. */
  text: string;
  /** `language/class` of a hazard; null: it only consumes. */
  rule: string | null;
  /** Title of the preferred quick fix; null: there is none. */
  fix: string | null;
}

/** Which advice a quick fix of a hazard carries out, by the class of its rule. */
const carriedOut: Record<string, AdviceKind> = {
  'missing-prefetch': 'set-prefetch',
  'unbounded-spawn': 'bounded-buffer',
  'unbounded-queue': 'bounded-buffer',
  'unthrottled-producer': 'limit-producer',
};

/**
 * A report whose bottlenecks name the places in source code that belong to them: as evidence for the cause, and with the
 * advice that a quick fix there carries out. A fix that no advice asks for stands last, as one of its own.
 */
export const withCode = (report: Report, places: readonly CodePlace[]): Report => ({
  ...report,
  bottlenecks: report.bottlenecks.map((bottleneck) =>
    withPlaces(
      bottleneck,
      places.filter(({ queue }) => queue === bottleneck.queue),
    ),
  ),
});

function withPlaces(bottleneck: Bottleneck, places: readonly CodePlace[]): Bottleneck {
  const { cause, recommendations } = bottleneck;
  const evidence = places.map(({ text, path, line }) => `In the code: ${text} at ${path}:${line}.`);
  const added = places.reduce(withFix, recommendations);
  return { ...bottleneck, cause: { ...cause, evidence: [...cause.evidence, ...evidence] }, recommendations: added };
}

function withFix(recommendations: readonly Recommendation[], place: CodePlace): Recommendation[] {
  const { fix, rule, path, line, text } = place;
  if (fix === null || rule === null) return [...recommendations];
  const kind = carriedOut[rule.slice(rule.indexOf('/') + 1)] ?? 'optimise';
  const code = { path, line, title: fix };
  const asked = recommendations.find((each) => each.kind === kind);
  if (asked)
    return recommendations.map((each) => (each === asked ? { ...each, code: [...(each.code ?? []), code] } : each));
  const own: Recommendation = {
    ...{ kind, title: `${fix} at ${path}:${line}`, instances: null, partitions: null, targetSecondsPerMessage: null },
    ...{ producerLimit: null, bufferSize: null, prefetch: null, drainSeconds: null, monthlyCost: null },
    ...{ why: `${text}: nothing there holds it to what can be worked on at once.`, commands: [], code: [code] },
  };
  return [...recommendations, own];
}
