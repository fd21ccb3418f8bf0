import * as z from 'zod';
import { whatIfChange } from '../model/whatIf';
import { reportFormats, type FromPage } from './page';

/** No command of a report is that long; characters. */
const longestText = 10_000;
/** A map of six hundred nodes has some megabytes; characters. */
const largestPicture = 64_000_000;

const message: z.ZodType<FromPage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('analyze') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('setLive'), live: z.boolean() }),
  z.object({ type: z.literal('copy'), format: z.enum(reportFormats) }),
  z.object({ type: z.literal('export'), format: z.enum(reportFormats) }),
  z.object({ type: z.literal('exportMap'), format: z.enum(['svg', 'png']), content: z.string().max(largestPicture) }),
  z.object({ type: z.literal('compare'), before: z.number(), after: z.number() }),
  z.object({ type: z.literal('scrub'), at: z.number() }),
  z.object({ type: z.literal('closeRecording') }),
  z.object({ type: z.literal('chart'), queue: z.string() }),
  z.object({ type: z.literal('code'), queue: z.string() }),
  z.object({ type: z.literal('place'), path: z.string(), line: z.number().int().positive() }),
  z.object({ type: z.literal('copyText'), text: z.string().max(longestText) }),
  z.object({ type: z.literal('reveal'), queue: z.string() }),
  z.object({ type: z.literal('whatIf'), change: whatIfChange }),
]);

/** What the page sent, or null when it is no message of the protocol. */
export function parseFromPage(value: unknown): FromPage | null {
  return message.safeParse(value).data ?? null;
}
