import { assignmentsOf } from '../brokers/formats';
import { folderOf } from '../../model/filesBelow';
import { ranks, type ConfiguredSetting } from './setting';

/** Names by which Celery takes the queue of tasks that have none of their own: its own, the old one, Django's. */
const ofDefaultQueue = /^(?:\w+\.)*(?:task_default_queue|CELERY_(?:TASK_)?DEFAULT_QUEUE)$/;

/** The address of its broker, by the same names and as an argument of `Celery`. */
const ofBroker = /^(?:\w+\.)*(?:broker_url|CELERY_BROKER_URL|BROKER_URL|broker)$/;

/** `'app.tasks.add': {'queue': 'math'}` of `task_routes`. */
const route = /['"]([\w.*]+)['"]\s*:\s*\{[^{}]*['"]queue['"]\s*:\s*['"]([^'"]+)['"]/g;

/**
 * Celery's queues as a module of settings has them: `celery.task_default_queue`, `celery.broker_url`, and `celery.task_routes.TASK` for each
 * task (or pattern with `*`) that goes to a queue of its own.
 */
export function celerySettings(path: string, text: string): ConfiguredSetting[] {
  const place = { path, folder: folderOf(folderOf(path)), rank: ranks.file };
  const defaults = assignmentsOf(text).flatMap(({ name, value, line }) => {
    const known = ofDefaultQueue.test(name) ? 'task_default_queue' : ofBroker.test(name) ? 'broker_url' : null;
    return known === null ? [] : [{ ...place, name: `celery.${known}`, value, line }];
  });
  if (!/task_routes|TASK_ROUTES|CELERY_ROUTES/.test(text)) return defaults;
  const routes = [...text.matchAll(route)].map(({ 1: task = '', 2: value = '', index }) => ({
    ...{ ...place, name: `celery.task_routes.${task}`, value },
    line: text.slice(0, index).split('\n').length,
  }));
  return [...defaults, ...routes];
}
