import * as z from 'zod';
import { parseJson } from '../json';
import { unread, type Told } from '../told';
import type { HttpReader } from '../http';
import { limited } from '../within';
import { answerError, callError } from './errors';

/** Seconds since the epoch, and the value as text, since JSON has no NaN (Prometheus HTTP API, "Expression queries"). */
const point = z.tuple([z.number(), z.string()]);
const metric = z.record(z.string(), z.string());
const success = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric, value: point })) }),
    z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ metric, values: z.array(point) })) }),
    z.object({ resultType: z.enum(['scalar', 'string']), result: point }),
  ]),
});
const failure = z.object({ status: z.literal('error'), error: z.string() });
const answer = z.discriminatedUnion('status', [success, failure]);
export type QueryData = z.infer<typeof success>['data'];

/** What a query gave, or in the server's words why it gave nothing. */
export type QueryAnswer = { data: QueryData } | { refused: string };

/** Queries to one Prometheus, or to what speaks its API: Thanos, Mimir, VictoriaMetrics. Each has a deadline. */
export class PrometheusApi {
  constructor(
    private readonly http: HttpReader,
    /** Of the caller; its abort ends all queries. */
    private readonly signal: AbortSignal,
    /** Milliseconds for each query. */
    private readonly callTimeoutMs: number,
  ) {}

  /** The value now. @throws {SourceError} when no Prometheus answers */
  instant(query: string): Promise<QueryAnswer> {
    return this.ask('query', { query });
  }

  /** The values from one moment to another, both in seconds since the epoch. @throws {SourceError} when no Prometheus answers */
  range(query: string, span: { start: number; end: number; step: number }): Promise<QueryAnswer> {
    return this.ask('query_range', { query, start: `${span.start}`, end: `${span.end}`, step: `${span.step}` });
  }

  private async ask(path: string, parameters: Record<string, string>): Promise<QueryAnswer> {
    const { base } = this.http;
    const url = new URL(`api/v1/${path}?${new URLSearchParams(parameters).toString()}`, base);
    let text = '';
    const take = (piece: string) => void (text += piece);
    const { status } = await limited(this.callTimeoutMs, this.signal, (limit) =>
      this.http.get(url, 'application/json', limit, take),
    ).catch(async (error: unknown) => {
      throw await callError(error, base.href, 'Prometheus');
    });
    const parsed = answer.safeParse(parseJson(text));
    // A query that is refused comes with 400 (bad_data), 422 (execution) or 503 (timeout) and the reason as JSON.
    if (!parsed.success) throw answerError(status, text, base.href, 'Prometheus');
    return parsed.data.status === 'error' ? { refused: parsed.data.error } : { data: parsed.data.data };
  }
}

/** The one figure that a query should give, or why it does not. */
export function oneFigure(answer: QueryAnswer): Told {
  if ('refused' in answer) return unread(`Prometheus refuses its query: ${answer.refused}`);
  const { data } = answer;
  switch (data.resultType) {
    case 'scalar':
      return figureOf(data.result[1]);
    case 'vector': {
      const [only] = data.result;
      return only && data.result.length === 1 ? figureOf(only.value[1]) : unread(seriesReason(data.result.length));
    }
    case 'matrix':
      return unread('its query gives a range: take rate(…) or leave the […] out');
    case 'string':
      return unread('its query gives a text');
  }
}

/** Why so many series are no figure. */
export const seriesReason = (count: number) =>
  count === 0
    ? 'its query gives nothing: no such series now'
    : `its query gives ${count} series: make one of them, with sum(…) or labels`;

/** A number of Prometheus, which also knows `NaN`, `+Inf` and `-Inf`. */
export function figureOf(text: string): Told {
  const value = Number(text);
  return Number.isFinite(value) ? { value } : unread(`its query gives ${text}`);
}
