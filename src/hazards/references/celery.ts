import type { SourceReference } from '../../model/scan';
import { ancestorsOf, lineOf } from '../syntax';
import type { CallSite } from './callSite';
import { fromEnvironment } from './placeholders';
import { named, orDefault, unresolved, type SourceReader, type Value } from './reference';

/** What Celery calls its queue when nobody does (docs.celeryq.dev, `task_default_queue`). */
const byItself: Value = { text: 'celery', confidence: 'literal' };

/** A task as it is declared: its queue, and the system behind. */
interface Task {
  queue: Value;
  system: SourceReference['system'];
}

/**
 * Queues of Celery: a task is consumed from the queue that its decorator names, else from the one that `task_routes` or
 * `task_default_queue` of the workspace's configuration send it to; it is produced where a call names the queue, or calls
 * `delay` or `apply_async` of a task, which another file may declare.
 * @param path names the module, which routes are told by
 */
export function celeryReferences(reader: SourceReader, path: string): SourceReference[] {
  const calls = reader.calls();
  const tasks = tasksIn(reader, calls, path);
  return calls.flatMap((call) => {
    const consumed = tasks.get(taskOf(call) ?? '');
    const sent = consumed ? [] : sentTo(call, reader, tasks, calls);
    const place = { path, line: lineOf(call.node), group: null };
    return [...(consumed ? [consumed] : []), ...sent].map(({ system, queue }) => ({
      ...{ ...place, role: consumed ? ('consume' as const) : ('produce' as const), system },
      ...{ destination: queue.text, confidence: queue.confidence, origin: queue.origin ?? null },
    }));
  });
}

const importsCelery = ({ imports }: SourceReader) => imports.some((name) => /^celery(\.|$)/.test(name));

/** The tasks that a file declares, by the names of their functions. */
function tasksIn(reader: SourceReader, calls: readonly CallSite[], path: string): Map<string, Task> {
  if (!importsCelery(reader) && !calls.some(({ name }) => name === 'task')) return new Map();
  const system = brokerOf(calls, reader);
  return new Map(
    calls.flatMap((call): [string, Task][] => {
      const task = taskOf(call);
      return task === null
        ? []
        : [[task, { system, queue: queueOf(call, reader) ?? routed(moduleOf(path), task, reader) }]];
    }),
  );
}

/** The queue that a call names; null: it names none. */
function queueOf(call: CallSite, reader: SourceReader): Value | null {
  const given = call.named.get('queue');
  return given ? (reader.valuesOf(given)[0] ?? unresolved) : null;
}

/** Where a call has a task run. */
function sentTo(
  call: CallSite,
  reader: SourceReader,
  own: ReadonlyMap<string, Task>,
  calls: readonly CallSite[],
): Task[] {
  if (!/^(apply_async|send_task|delay)$/.test(call.name)) return [];
  const queue = call.name === 'delay' ? null : queueOf(call, reader);
  const declared = own.get(call.receiver) ?? broughtIn(call.receiver, reader);
  if (queue)
    return importsCelery(reader) || declared ? [{ queue, system: declared?.system ?? brokerOf(calls, reader) }] : [];
  return declared ? [{ ...declared, queue: named(declared.queue) }] : [];
}

/** A task of another file; undefined: there is none of that name. */
function broughtIn(name: string, reader: SourceReader): Task | undefined {
  for (const imported of reader.broughtIn(name)) {
    const { path } = imported;
    const task = reader.place?.around.followed(path, imported.name, (file) => {
      const calls = file.calls();
      return tasksIn(file, calls, path).get(imported.name) ?? broughtIn(imported.name, file);
    });
    if (task) return task;
  }
  return undefined;
}

/** The function that a decorator makes a task; null: the call decorates none. */
function taskOf({ name, node }: CallSite): string | null {
  const [decorator, decorated] = /^(task|shared_task)$/.test(name) ? ancestorsOf(node) : [];
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
