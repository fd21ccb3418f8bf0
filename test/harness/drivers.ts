import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { defaultName } from '../../src/generate/code/render';
import { nameOf, renamed } from '../../src/generate/code/names';
import { cli } from './cli';
import { generatedName } from './generated';
import { projectRoot } from './tools';

/**
 * A test in the language of a generated text, which names it as its template does, under the name it is generated with.
 * @param file below test/code/drivers
 */
export function driver(kind: string, file: string): string {
  const [from, to] = [nameOf(defaultName(kind)), nameOf(generatedName)];
  if (!from || !to) throw new Error(`${kind} has no name`);
  return renamed(readFileSync(path.join(projectRoot, 'test/code/drivers', file), 'utf8'), from, to);
}

/** What `backpressure steps` says of the step `parse`, on a page that reads `before` when first asked, and `after` later. */
export async function stepsReads(before: string, after: string): Promise<{ sendSeconds: number; episodes: number }> {
  let asked = 0;
  const server = createServer((_, response) => response.end(asked++ === 0 ? before : after));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `metrics+http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const { code, stdout, stderr } = await cli(['steps', '--broker', url, '--window', '1s', '--format', 'json']);
  server.close();
  if (code !== 0) throw new Error(stderr);
  const { window, steps } = JSON.parse(stdout) as {
    window: { seconds: number };
    steps: { step: string; sendShare: number; sendPerSecond: number }[];
  };
  const parse = steps.find(({ step }) => step === 'parse');
  return {
    sendSeconds: (parse?.sendShare ?? NaN) * window.seconds,
    episodes: (parse?.sendPerSecond ?? NaN) * window.seconds,
  };
}
