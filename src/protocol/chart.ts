import * as z from 'zod';
import { queueState, severity } from '../model/report';

/** The figures of a chart, each a column of its own. */
export const chartColumns = ['backlog', 'arrivals', 'departures', 'age'] as const;
export type ChartColumn = (typeof chartColumns)[number];

const column = z.array(z.number().nullable());

export const chartSeries = z.object({
  /** Queue id. */
  queue: z.string(),
  /** As the tree calls it; not escaped. */
  name: z.string(),
  /** Where the figures are from, for people. */
  source: z.string(),
  /** How far back it reaches, and what else can be chosen; seconds. */
  seconds: z.number(),
  spans: z.array(z.number()),
  /** Milliseconds since the epoch, ascending; every column has as many entries. */
  at: z.array(z.number()),
  /** Messages. */
  backlog: column,
  /** Messages per second since the entry before. */
  arrivals: column,
  departures: column,
  /** Of the oldest message, seconds. */
  age: column,
  /** Why a column has no figure at all. */
  missing: z.partialRecord(z.enum(chartColumns), z.string()),
  /** What the queue's state changed to. */
  changes: z.array(z.object({ at: z.number(), to: queueState, severity, reason: z.string() })),
});
export type ChartSeries = z.infer<typeof chartSeries>;

/** What the extension tells the page of a queue's chart. */
export const toChart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('series'), series: chartSeries }),
  /** What happened and what to do next; the chart stays as it is. */
  z.object({ type: z.literal('problem'), text: z.string() }),
]);
export type ToChart = z.infer<typeof toChart>;

/** What a picture or a table of the page may have, characters. */
const longestContent = 16_000_000;

/** What the page of a chart asks of the extension. */
export const fromChart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('span'), seconds: z.number().positive() }),
  /** To be saved where the user says: text, or a picture in base64. */
  z.object({ type: z.literal('save'), format: z.enum(['csv', 'png']), content: z.string().max(longestContent) }),
]);
export type FromChart = z.infer<typeof fromChart>;
