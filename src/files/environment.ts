import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { linesOf } from '../discover/brokers/formats';

/** Variables that `.env` files of a folder set. The machine's own are left out: they are not the program's. */
export function environmentOf(root: string): Map<string, string> {
  const files = readdirSync(root).filter(
    (name) => /^\.env(\..+)?$/.test(name) && statSync(path.join(root, name)).isFile(),
  );
  const settings = files.sort().flatMap((name) => linesOf(readFileSync(path.join(root, name), 'utf8')));
  return new Map(settings.map(({ name, value }) => [name, value]));
}
