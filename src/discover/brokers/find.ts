import { isNestedTooDeep } from '../../model/nesting';
import { fromCompose } from './compose';
import type { Candidate } from './candidate';
import { assignmentsOf, leavesOf, linesOf } from './formats';
import { fromSettings } from './settings';

export type { Candidate };

const finders: readonly { file: RegExp; find: (text: string) => Candidate[] }[] = [
  { file: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/, find: fromCompose },
  { file: /(?:^|\/)(?:\.env(?:\.[^/]*)?|[^/]*\.env)$/, find: (text) => fromSettings(linesOf(text)) },
  { file: /\.properties$/, find: (text) => fromSettings(linesOf(text)) },
  { file: /\.ya?ml$/, find: (text) => fromSettings(leavesOf(text)) },
  { file: /\.(?:py|js|ts|json)$/, find: (text) => fromSettings(assignmentsOf(text)) },
];

/** Longer files are no settings that a person wrote. Characters. */
const longest = 2 * 1024 * 1024;

/**
 * The brokers that a file names: Compose files, `.env`, Spring's application files, Celery's and Node's configuration.
 * What is only known at run time (`${REDIS_HOST}` without a default) is left out. Never throws on a broken file.
 * @param path with `/`; its name tells the format
 * @returns in the order of the file, each URL once
 */
export function findBrokers(path: string, text: string): Candidate[] {
  if (text.length > longest || isNestedTooDeep(text)) return [];
  const found = finders.find(({ file }) => file.test(path))?.find(text) ?? [];
  const byUrl = new Map<string, Candidate>();
  for (const each of found.sort((a, b) => a.line - b.line)) if (!byUrl.has(each.url)) byUrl.set(each.url, each);
  return [...byUrl.values()];
}
