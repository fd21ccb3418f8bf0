import * as z from 'zod';
import { parseJson } from '../json';
import { breathe, inSlices } from '../slices';
import type { SweepRequest } from '../source';
import { limited } from '../within';
import { answerError, callError } from './errors';
import type { Management } from './management';

const list = z.custom<unknown[]>(Array.isArray);

/** What a schema makes of an item of a list; null where it is another thing. */
export const by =
  <T>(schema: z.ZodType<T>) =>
  (item: unknown): T | null =>
    schema.safeParse(item).data ?? null;

/** Asks one management API for JSON, with a deadline for every call, and counts what it costs. */
export class Asking {
  requests = 0;
  bytes = 0;

  constructor(
    private readonly management: Management,
    readonly request: SweepRequest,
  ) {}

  /** @throws {SourceError} when there is no answer, or not the wanted one */
  async must<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { base, username } = this.management.address;
    const { status, text } = await this.call(path).catch(async (error: unknown) => {
      throw await callError(error, base);
    });
    await breathe();
    const parsed = status === 200 ? schema.safeParse(parseJson(text)) : null;
    if (!parsed?.success) throw answerError({ status }, base, username);
    return parsed.data;
  }

  /**
   * The same for a list that may be long.
   * @param take what is wanted of an item; null: it is left out
   * @throws {SourceError}
   */
  async mustList<T>(path: string, take: (item: unknown) => T | null): Promise<T[]> {
    const taken = await inSlices(await this.must(path, list), take);
    return taken.filter((item) => item !== null);
  }

  /** The same where it may be left out. */
  async mayList<T>(path: string, take: (item: unknown) => T | null): Promise<T[] | null> {
    const items = await this.may(path, list);
    return items && (await inSlices(items, take)).filter((item) => item !== null);
  }

  /** Null where it is denied, unknown to this version, late or not understood: the sweep goes on without it. */
  async may<T>(path: string, schema: z.ZodType<T>, statuses: readonly number[] = [200]): Promise<T | null> {
    const answer = await this.call(path).catch(() => null);
    await breathe();
    return answer && statuses.includes(answer.status) ? (schema.safeParse(parseJson(answer.text)).data ?? null) : null;
  }

  async status(path: string): Promise<number | null> {
    return (await this.call(path).catch(() => null))?.status ?? null;
  }

  private async call(path: string) {
    this.requests += 1;
    const { callTimeoutMs, signal } = this.request;
    const answer = await limited(callTimeoutMs, signal, (limit) => this.management.get(path, limit));
    this.bytes += answer.bytes;
    return answer;
  }
}
