import { workspace } from 'vscode';

/** Every setting there is, below `backpressure.`; a test compares them with package.json. */
export const settingNames = [
  'connections',
  'interval',
  'window',
  'notifications',
  'hints.enabled',
  'rules',
  'liveFigures.enabled',
] as const;
type Setting = (typeof settingNames)[number];

/** The settings of package.json, with their bounds enforced: the editor only warns about a value out of range. */
export const settings = {
  /** Milliseconds between two readings of a broker, 5 s at least. */
  intervalMs: (): number => Math.max(5, number('interval', 10)) * 1000,
  /** Milliseconds that an analysis looks at, 20 s at least. */
  windowMs: (): number => Math.max(20, number('window', 60)) * 1000,
  /** Is a person told when a queue becomes critical? */
  notifications: (): boolean => read('notifications') !== false,
  /** Are places in source code marked? */
  hints: (): boolean => read('hints.enabled') !== false,
  /** Do places in source code that produce or consume say how their queue is doing? */
  liveFigures: (): boolean => read('liveFigures.enabled') !== false,
};

/** A setting as the editor has it, unchecked. */
export const read = (name: Setting): unknown => workspace.getConfiguration('backpressure').get<unknown>(name);

function number(name: Setting, otherwise: number): number {
  const value = read(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
