import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { absent, run, which, type Need } from './tools';

/** The Go toolchain's own sources: real programs that are on every machine with Go. */
export async function goToolchain(): Promise<Need<string>> {
  const go = which('go');
  if (go === null) return absent('there is no go on this machine');
  const { stdout } = await run(go, ['env', 'GOROOT']);
  return { ok: true, value: path.join(stdout.trim(), 'src') };
}

/** Go files of a folder, tests and data left out, with their text. */
export function goFiles(root: string, ...folders: string[]): { name: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(path.join(root, folder, name), 'utf8') })),
  );
}
