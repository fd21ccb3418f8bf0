import * as z from 'zod';
import { report, stateChange } from '../src/model/report';
import { whatIfChange, whatIfResult } from '../src/model/whatIf';
import type { PageStatus, ToPage } from '../src/protocol/page';

const status: z.ZodType<PageStatus> = z.object({
  phase: z.enum(['sampling', 'live', 'paused', 'replaying', 'failed', 'empty']),
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
  z.object({
    type: z.literal('reports'),
    reports: z.array(z.object({ id: z.number(), at: z.string(), sentence: z.string() })),
  }),
  z.object({ type: z.literal('comparison'), comparison: z.object({ before: report, after: report }).nullable() }),
  z.object({
    type: z.literal('recording'),
    recording: z
      .object({ name: z.string(), moments: z.array(z.number()).min(1), at: z.number(), changes: z.array(stateChange) })
      .nullable(),
  }),
  z.object({ type: z.literal('focus'), queue: z.string() }),
  z.object({ type: z.literal('whatIf'), change: whatIfChange, result: whatIfResult }),
]);

/** A message of the extension; null for anything else that reaches the window (the toolkit, other frames). */
export function readMessage(data: unknown): ToPage | null {
  const read = message.safeParse(data);
  return read.success ? read.data : null;
}
