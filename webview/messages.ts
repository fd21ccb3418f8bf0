import * as z from 'zod';
import { report } from '../src/model/report';
import { whatIfChange, whatIfResult } from '../src/model/whatIf';
import type { PageStatus, ToPage } from '../src/protocol/page';

const status: z.ZodType<PageStatus> = z.object({
  phase: z.enum(['sampling', 'live', 'paused', 'failed', 'empty']),
  text: z.string(),
  progress: z.number().nullable(),
});

const message: z.ZodType<ToPage> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('report'),
    report,
    history: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  }),
  z.object({ type: z.literal('status'), status }),
  z.object({ type: z.literal('whatIf'), change: whatIfChange, result: whatIfResult }),
]);

/** A message of the extension; null for anything else that reaches the window (the toolkit, other frames). */
export function readMessage(data: unknown): ToPage | null {
  const read = message.safeParse(data);
  return read.success ? read.data : null;
}
