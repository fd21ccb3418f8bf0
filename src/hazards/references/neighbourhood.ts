import { foldersAbove, type FilesBelow } from '../../model/filesBelow';
import type { NamedValues } from './reference';

/** Where a file stands among the others of its workspace. */
export interface Place {
  /** Relative to the root, with `/`. */
  path: string;
  around: Neighbourhood;
}

/** Reads the text of another file, with all that is known of its names. */
type Open = (text: string, place: Place) => NamedValues | null;

/** Longer files are data: they declare no constants that a person wrote. Characters. */
const longest = 256 * 1024;

/** A name that leads from file to file is followed through so many. */
const farthestFile = 4;
/** A name that every file of a large package gives something to is not worth more steps than this. */
const mostSteps = 100;

/** The other files of a workspace, as far as the names in one of them lead there. It must not outlive their trees. */
export class Neighbourhood {
  readonly #opened = new Map<string, NamedValues | null>();
  readonly #following: string[] = [];
  #steps = 0;

  constructor(
    private readonly files: FilesBelow,
    private readonly openAs: Open,
  ) {}

  /** Paths of the files in a folder whose names end so. */
  list(folder: string, ending = ''): string[] {
    const names = this.files.list(folder).filter((name) => name.endsWith(ending));
    return names.map((name) => (folder === '' ? name : `${folder}/${name}`)).sort();
  }

  /** Text of a file; null: it is not there, or is too long to be read for its names. */
  read(path: string): string | null {
    const text = this.files.read(path);
    return text === null || text.length > longest ? null : text;
  }

  /** The first of the files that is there. */
  first(paths: readonly string[]): string | null {
    return paths.find((path) => this.read(path) !== null) ?? null;
  }

  /** What a file gives to its names; null: it cannot be read. */
  open(path: string): NamedValues | null {
    const known = this.#opened.get(path);
    if (known !== undefined) return known;
    const text = this.read(path);
    const opened = text === null ? null : this.openAs(text, { path, around: this });
    this.#opened.set(path, opened);
    return opened;
  }

  /** Goes on in another file, unless a name leads round in a circle, too far, or to too many. */
  followed<T>(path: string, name: string, go: (file: NamedValues) => T): T | null {
    if (this.#following.length === 0) this.#steps = 0;
    const step = `${path} ${name}`;
    const isFar = this.#following.length >= farthestFile || ++this.#steps > mostSteps;
    const file = isFar || this.#following.includes(step) ? null : this.open(path);
    if (!file) return null;
    this.#following.push(step);
    try {
      return go(file);
    } finally {
      this.#following.pop();
    }
  }

  /** The nearest folder above a file that has an entry of the name, and the text of it; null: none has. */
  above(path: string, name: string): { folder: string; text: string } | null {
    for (const folder of foldersAbove(path)) {
      const text = this.read(folder === '' ? name : `${folder}/${name}`);
      if (text !== null) return { folder, text };
    }
    return null;
  }
}
