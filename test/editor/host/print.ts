import { format } from 'node:util';

/** One line of the tests, marked so that the runner tells it from the workbench's own (editorHost.ts). */
export function print(...values: unknown[]): void {
  for (const line of format(...values).split('\n')) console.log(`::t ${line}`);
}
