import { foldersAbove, type FilesBelow } from '../../model/filesBelow';
import type { Process } from './derive';

/** What is asked of the files of a workspace, by paths relative to its root, with `/`. */
export interface Workspace extends FilesBelow {
  /** What the root is called. */
  name: string;
}

/** Files that make their folder a program of its own. */
const marks =
  /^(Dockerfile|package\.json|go\.mod|main\.go|pyproject\.toml|setup\.py|requirements\.txt|pom\.xml|build\.gradle(\.kts)?|Cargo\.toml|.*\.csproj)$/;

/** Every program has such a file: its folder tells more. */
const plainName = /^(index|main|app|server|__main__)$/;

/**
 * Which of the files run together: a program is the nearest folder above that is built or has an entry point. A file that
 * is started by itself (`__main__`, a script of package.json) is one of its own.
 */
export function processesOf(files: readonly string[], workspace: Workspace): Process[] {
  const byName = new Map<string, string[]>();
  for (const file of new Set(files)) {
    const name = processOf(file, workspace);
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  return [...byName].map(([name, own]) => ({ name, files: own }));
}

function processOf(file: string, workspace: Workspace): string {
  const folder = foldersAbove(file).find((each) => workspace.list(each).some((entry) => marks.test(entry)));
  if (folder === undefined || (!plainName.test(stem(file)) && startsAlone(file, folder, workspace))) return stem(file);
  return folder === '' ? workspace.name : (folder.split('/').at(-1) ?? folder);
}

function startsAlone(file: string, folder: string, workspace: Workspace): boolean {
  if (file.endsWith('.py')) return /^if __name__ == ['"]__main__['"]/m.test(workspace.read(file) ?? '');
  const manifest = workspace.read(folder === '' ? 'package.json' : `${folder}/package.json`);
  const scripts = /"(scripts|bin)"\s*:\s*\{[^}]*\}/g;
  const below = folder === '' ? file : file.slice(folder.length + 1);
  const started = below.replace(/\.[cm]?[jt]sx?$/, '');
  return (
    (manifest?.match(scripts) ?? []).filter((text) => text.includes(started)).length > 0 && /\.[cm]?[jt]sx?$/.test(file)
  );
}

const stem = (file: string) => (file.split('/').at(-1) ?? file).replace(/\.\w+$/, '');
