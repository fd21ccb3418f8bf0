import path from 'node:path';
import type { Diagnosed } from './diagnosis/probe';
import type { Measured } from './measured';
import { atMost, builtProbe } from './probed.mjs';

/** What the diagnosis of ten thousand queues over an hour costs, and for how long it holds the editor up. */
export async function benchDiagnosis(): Promise<Measured[]> {
  const seen = await builtProbe<Diagnosed>(path.join(import.meta.dirname, 'diagnosis/probe.ts'));
  return [
    atMost('a sweep of 10000 queues with an hour of history judged, ms', seen.sweep.ms, 300),
    atMost('… longest slice, ms', seen.sweep.longest, 30),
    atMost('report of 10000 queues × 360 samples, ms', seen.report.ms, 300),
    atMost('… longest slice, ms', seen.report.longest, 30),
    atMost('memory for each queue with its hour, kB', seen.perQueue / 1000, 20),
  ];
}
