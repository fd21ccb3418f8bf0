import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { settingsOf } from '../../files/configuration';
import { Ignored } from '../../files/ignored';
import { sized, walk, type Walked } from '../../files/walk';
import { strongest } from '../../hazards/across/strongest';
import { cannotFeed, missingLagAlerts } from '../../hazards/alerts/coverage';
import { inOrder, Package, passedByRule, withSettings, type Joined } from '../../hazards/reading';
import { hazard, type Hazard, type Scan } from '../../model/scan';
import { UsageError } from '../usage';
import type { FileScan } from './worker';
import { settingsAbove } from './settingsFile';
import { scanFiles } from './workers';

/** Which files are read, and for what. */
export interface PathsOptions {
  /** Ids of rules; those that the settings turn off are left out. */
  rules: readonly string[];
  /** Threads. */
  jobs: number;
  /** Leave out what git ignores, tests, examples, generated and vendored code. */
  ignore: boolean;
}

/** What was found, and what the files show together about each of them. */
export interface PathsScan {
  scan: Scan;
  together: Package<Hazard>;
}

/**
 * Scans files and folders.
 * @throws {UsageError} for a path that is not there, or a wrong `.backpressurerc`
 */
export async function scanPaths(paths: readonly string[], { rules, jobs, ignore }: PathsOptions): Promise<PathsScan> {
  const started = performance.now();
  const root = rootOf(paths);
  const settings = settingsAbove(root);
  const ignored = new Ignored(root, { folder: settings.folder, patterns: settings.exclude }, !ignore);
  const only = rules.filter((id) => settings.rules[id] !== 'off');
  const unread: { file: string; reason: string }[] = [];
  const scans = await scanFiles(
    readable(listed(paths, root, ignored), (each) => unread.push(each)),
    jobs,
    { root, options: { only, everything: !ignore } },
    () => settingsOf(root, ignored),
  );
  for (const { file, skipped: reason } of scans) if (reason !== null) unread.push({ file, reason });
  const relative = (file: string) => path.relative(root, file).split(path.sep).join('/');
  const skipped = unread.map(({ file, reason }) => ({ path: relative(file), reason }));
  const together = new Package(new Map(scans.flatMap((each) => (each.told ? [[relative(each.file), each.told]] : []))));
  const nothing: Joined<Hazard> = { hazards: [], passed: [] };
  const joined = scans.map((each) => (each.told ? together.of(relative(each.file), each.told) : nothing));
  const references = inOrderOfPlace(scans.flatMap((each) => each.references));
  const hazards = [
    ...scans.flatMap((each, at) => strongest(each.hazards, joined[at] ?? nothing)).map((each) => hazard.parse(each)),
    ...acrossFiles(scans, references, only),
  ];
  const scan: Scan = {
    version: 1,
    roots: [...paths],
    files: scans.length,
    bytes: scans.reduce((sum, { bytes }) => sum + bytes, 0),
    seconds: (performance.now() - started) / 1000,
    skipped: skipped.sort((a, b) => (a.path < b.path ? -1 : 1)),
    hazards: inOrder(withSettings(hazards, settings)),
    passed: passedByRule([...scans, ...joined].flatMap(({ passed }) => passed)),
    suppressions: inOrderOfPlace(scans.flatMap(({ suppressions }) => suppressions)),
    references,
  };
  return { scan, together };
}

/** Each file once. @param leaveOut told of those that are not to be read */
function* readable(files: Iterable<Walked>, leaveOut: (unread: { file: string; reason: string }) => void) {
  const seen = new Set<string>();
  for (const each of files) {
    if (seen.has(each.file)) continue;
    seen.add(each.file);
    if ('reason' in each) leaveOut(each);
    else yield each;
  }
}

/** What only the files of the workspace together show. */
function acrossFiles(scans: readonly FileScan[], references: Scan['references'], only: readonly string[]): Hazard[] {
  const facts = scans.flatMap(({ alerts }) => alerts ?? []);
  const together = {
    rules: facts.some(({ rules }) => rules),
    alerted: facts.flatMap(({ alerted }) => alerted),
    images: facts.flatMap(({ images }) => images),
  };
  return [...missingLagAlerts(references, together), ...cannotFeed(together)].filter(({ rule }) => only.includes(rule));
}

const inOrderOfPlace = <T extends { path: string; line: number }>(places: T[]): T[] =>
  places.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));

function* listed(paths: readonly string[], root: string, ignored: Ignored): Generator<Walked> {
  for (const given of paths) {
    const real = realpathSync(given);
    if (statSync(real).isDirectory()) yield* walk(real, root, ignored);
    else yield sized(real);
  }
}

/** The folder that is given, or the nearest one that holds all that is given. @throws {UsageError} for a path that is not there */
export function rootOf(paths: readonly string[]): string {
  const folders = paths.map((given) => {
    try {
      const real = realpathSync(given);
      return statSync(real).isDirectory() ? real : path.dirname(real);
    } catch {
      throw new UsageError(`${given}: there is no such file or folder`);
    }
  });
  return folders.reduce((common, folder) => {
    let shared = common;
    while (folder !== shared && !folder.startsWith(shared.endsWith(path.sep) ? shared : shared + path.sep))
      shared = path.dirname(shared);
    return shared;
  });
}
