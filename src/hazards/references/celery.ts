import type { Node } from 'web-tree-sitter';
import type { SourceReference } from '../../model/scan';
import { ancestorsOf, lineOf } from '../syntax';
import { fromEnvironment } from './placeholders';
import { orDefault, unresolved, type CallSite, type SourceReader, type Value } from './reference';

/** What Celery calls its queue when nobody does (docs.celeryq.dev, `task_default_queue`). */
const byItself: Value = { text: 'celery', confidence: 'literal' };

/**
 * Queues of Celery: a task is consumed from the queue that its decorator names, else from the one that `task_routes` or
 * `task_default_queue` of the workspace's configuration send it to; it is produced where a call names the queue.
 * @param path names the module, which routes are told by
 */
export function celeryReferences(reader: SourceReader, path: string): SourceReference[] {
  if (!reader.imports.some((name) => /^celery(\.|$)/.test(name))) return [];
  const calls = [...reader.calls()];
  const system = brokerOf(calls, reader);
  return calls.flatMap((call) => {
    const role = /^(task|shared_task)$/.test(call.name)
      ? 'consume'
      : /^(apply_async|send_task)$/.test(call.name)
        ? 'produce'
        : null;
    const task = role === 'consume' ? taskOf(call.node) : null;
    const queue = call.named.get('queue');
    if (role === null || (role === 'consume' ? task === null : !queue)) return [];
    return [queue].flat().flatMap((node) => {
      const value = node ? (reader.valuesOf(node)[0] ?? unresolved) : routed(moduleOf(path), task ?? '', reader);
      const { text: destination, confidence, origin = null } = value;
      return [{ path, line: lineOf(call.node), role, system, destination, group: null, confidence, origin }];
    });
  });
}

/** The function that a decorator makes a task; null: the call decorates none. */
function taskOf(call: Node): string | null {
  const [decorator, decorated] = ancestorsOf(call);
  if (decorator?.type !== 'decorator') return null;
  return decorated?.childForFieldName('definition')?.childForFieldName('name')?.text ?? null;
}

const moduleOf = (path: string) => path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');

/** Where configuration sends a task that names no queue. */
function routed(module: string, task: string, { environment }: SourceReader): Value {
  const prefix = 'celery.task_routes.';
  const name = `${module}.${task}`.toLowerCase();
  const routes = [...environment.keys()].filter((key) => key.startsWith(prefix));
  const route = routes.find((key) => isFor(key.slice(prefix.length), name));
  if (route !== undefined) return fromEnvironment(environment, route);
  return orDefault(fromEnvironment(environment, 'celery.task_default_queue'), byItself);
}

/** The folder that Python finds modules in may be one further down than the workspace's. */
function isFor(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`(^|\\.)${escaped}$`).test(name);
}

/** By the address that `Celery(broker=…)` or the configuration has; without one Celery speaks to RabbitMQ. */
function brokerOf(calls: readonly CallSite[], reader: SourceReader): SourceReference['system'] {
  const given = calls.find(({ name }) => name === 'Celery')?.named.get('broker');
  const told = [given ?? []].flat().flatMap((node) => reader.valuesOf(node))[0] ?? unresolved;
  const url = told.text ?? fromEnvironment(reader.environment, 'celery.broker_url').text ?? '';
  if (/^(rediss?|sentinel)\b/.test(url)) return 'redis';
  return url.startsWith('sqs') ? 'aws_sqs' : 'rabbitmq';
}
