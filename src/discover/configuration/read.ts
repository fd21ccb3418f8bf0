import { leavesOf, linesOf } from '../brokers/formats';
import type { Setting } from '../brokers/settings';
import { celerySettings } from './celery';
import { composeSettings } from './compose';
import { folderOf } from '../../model/filesBelow';
import { ranks, type ConfiguredSetting } from './setting';

type Read = (path: string, text: string, variables: ReadonlyMap<string, string>) => ConfiguredSetting[];

const formats: readonly { file: RegExp; read: Read }[] = [
  { file: /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/, read: composeSettings },
  { file: /^\.env(\.[\w.-]+)?\.(example|sample|template|dist)$|^\.env[-_]example$/, read: all(ranks.example) },
  { file: /^\.env(\..+)?$/, read: all(ranks.environment) },
  { file: /^application(-[\w-]+)?\.ya?ml$/, read: (path, text) => spring(path, leavesOf(text), ranks.file) },
  { file: /^application(-[\w-]+)?\.properties$/, read: (path, text) => spring(path, linesOf(text), ranks.properties) },
  { file: /^appsettings(\.[\w-]+)?\.json$/, read: dotnet },
  { file: /^(celeryconfig|celery|celery_app|settings)\.py$/, read: celerySettings },
];

/** Settings that only tests run with. */
const ofTests = /[-.](test|tests|it|e2e)\b/i;

const formatOf = (name: string) => (ofTests.test(name) ? undefined : formats.find(({ file }) => file.test(name)));

/** Does a file of this name configure programs, in a way that is read here? `globs.ts` says it again. @param name without its folder */
export const isConfiguration = (name: string): boolean => formatOf(name) !== undefined;

/**
 * The settings of one file of the workspace: `.env`, Compose, Spring Boot's application files, .NET's appsettings,
 * Celery's modules. Never throws on a broken file.
 * @param path relative to the root, with `/`; its name tells the format
 * @param variables what `.env` in the same folder sets
 */
export function settingsIn(path: string, text: string, variables: ReadonlyMap<string, string>): ConfiguredSetting[] {
  return formatOf(path.slice(path.lastIndexOf('/') + 1))?.read(path, text, variables) ?? [];
}

function placed(path: string, folder: string, settings: readonly Setting[], rank: ConfiguredSetting['rank']) {
  return settings.map(({ name, value, line }): ConfiguredSetting => ({ name, value, line, path, folder, rank }));
}

function all(rank: ConfiguredSetting['rank']): Read {
  return (path, text) => placed(path, folderOf(path), linesOf(text), rank);
}

/** They lie among the resources of the module that they configure, or in `config` beside it. */
function spring(path: string, settings: readonly Setting[], rank: ConfiguredSetting['rank']): ConfiguredSetting[] {
  const folder = folderOf(path).replace(/(^|\/)(src\/\w+\/resources|config)(\/.*)?$/, '');
  return placed(path, folder, settings, rank);
}

/** JSON is YAML; comments are not. */
function dotnet(path: string, text: string): ConfiguredSetting[] {
  const leaves = leavesOf(text.replace(/^\uFEFF/, '').replace(/^\s*\/\/.*$/gm, ''), ':');
  return placed(path, folderOf(path), leaves, ranks.file);
}
