import { folderOf } from '../../../model/filesBelow';
import type { Place } from '../neighbourhood';
import type { Imported } from '../reference';

/** The paths that a Rust file brings in. */
export interface RustImports {
  /** Whole paths of `use`. */
  imports: readonly string[];
  /** `crate::topics::ORDERS` of `topics::ORDERS` after `use crate::topics`. */
  fullName(path: string): string;
}

/** The files that a name comes from: `ORDERS`, `topics::ORDERS`, `crate::topics::ORDERS`, `shop::topics::ORDERS`. */
export function broughtInto(name: string, file: RustImports, place: Place): Imported[] {
  const own = file.fullName(name);
  const all = file.imports.filter((path) => path.endsWith('::*')).map((path) => `${path.slice(0, -1)}${own}`);
  const paths = own.includes('::') ? [own, `self::${own}`] : all;
  for (const path of paths) {
    const found = fileOf(path.split('::'), place);
    if (found !== null && found.path !== place.path) return [found];
  }
  return [];
}

/** Modules lie in files of their names; what no file is called by is a module, type or enum inside of one. */
function fileOf(path: readonly string[], place: Place): Imported | null {
  const inside = path.slice(0, -1);
  const start = startOf(inside, place);
  if (!start) return null;
  for (let length = start.rest.length; length >= 0; length--) {
    const module = start.rest.slice(0, length).join('/');
    const file = place.around.first(
      module === ''
        ? [...start.files, ...['lib.rs', 'main.rs', 'mod.rs'].map((name) => `${start.folder}${name}`)]
        : [`${start.folder}${module}.rs`, `${start.folder}${module}/mod.rs`],
    );
    if (file !== null) return { path: file, name: path.at(-1) ?? '' };
  }
  return null;
}

/** The folder that a path begins in, with `/`, the files that are that module itself, and what is left of the path. */
interface Start {
  folder: string;
  files: string[];
  rest: readonly string[];
}

function startOf([head = '', ...rest]: readonly string[], place: Place): Start | null {
  const { path, around } = place;
  if (head === 'crate' || head === 'self' || head === 'super') {
    if (head === 'crate') return { folder: sourcesOf(path), files: [], rest };
    const own = /(^|\/)(lib|main|mod)\.rs$/.test(path) ? folderOf(path) : path.replace(/\.rs$/, '');
    const levels = [head, ...rest].findIndex((each) => each !== 'super');
    const ups = head === 'self' ? 0 : levels < 0 ? rest.length + 1 : levels;
    const folder = Array.from({ length: ups }).reduce<string>(folderOf, own);
    return {
      folder: folder === '' ? '' : `${folder}/`,
      files: [`${folder}.rs`],
      rest: rest.slice(Math.max(0, ups - 1)),
    };
  }
  const manifest = around.above(path, 'Cargo.toml');
  const crate = /^name\s*=\s*"([^"]+)"/m.exec(manifest?.text ?? '')?.[1]?.replaceAll('-', '_');
  const sources = manifest && (manifest.folder === '' ? 'src/' : `${manifest.folder}/src/`);
  return crate === head && sources !== null ? { folder: sources, files: [], rest } : null;
}

/** The `src/` that a file of a crate lies in; else its own folder. */
const sourcesOf = (path: string): string => /^(.*\/)?src\//.exec(path)?.[0] ?? path.replace(/[^/]*$/, '');
