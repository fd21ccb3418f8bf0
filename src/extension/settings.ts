import { workspace } from 'vscode';

/** The settings of package.json, with their bounds enforced: the editor only warns about a value out of range. */
export const settings = {
  /** Milliseconds between two readings of a broker, 5 s at least. */
  intervalMs: (): number => Math.max(5, number('interval', 10)) * 1000,
  /** Milliseconds that an analysis looks at, 20 s at least. */
  windowMs: (): number => Math.max(20, number('window', 60)) * 1000,
  /** Are places in source code marked? */
  hints: (): boolean => section().get<unknown>('hints.enabled') !== false,
};

const section = () => workspace.getConfiguration('backpressure');

function number(name: string, otherwise: number): number {
  const value = section().get<unknown>(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
