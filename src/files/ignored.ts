import { existsSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { smallText } from './smallText';

/** Patterns, and the folder that they are relative to. */
interface Patterns {
  folder: string;
  matcher: Ignore;
}

/** Tests, examples, generated and vendored code, by the names that its kinds have everywhere. */
const notTheProduct = [
  ...['node_modules', 'vendor', 'third_party', 'bower_components', 'site-packages', '.venv', 'venv', '__pycache__'],
  ...[
    'test',
    'tests',
    '__tests__',
    '__mocks__',
    'testdata',
    'fixtures',
    'spec',
    'e2e',
    'example',
    'examples',
    '_examples',
  ],
  ...['dist', 'generated', '*.min.js', '*.d.ts', '*.pb.go', '*_pb2.py', '*_pb2_grpc.py'],
  ...['*_test.go', '*.test.*', '*.spec.*', 'test_*.py', '*_test.py', 'conftest.py'],
];

/** What a scan leaves out: `.gitignore` files, paths of the settings, and what is not the product. */
export class Ignored {
  readonly #byFolder = new Map<string, Patterns | null>();
  readonly #always: Patterns[];
  #top: string;

  /**
   * @param root the scanned folder
   * @param excluded patterns of the settings, relative to their folder
   * @param everything only the settings count
   */
  constructor(
    root: string,
    excluded: { folder: string; patterns: readonly string[] },
    private readonly everything: boolean,
  ) {
    const matching = (folder: string, patterns: readonly string[]): Patterns[] =>
      patterns.length > 0 ? [{ folder, matcher: ignore().add([...patterns]) }] : [];
    this.#always = [
      ...matching(excluded.folder, excluded.patterns),
      ...matching(root, everything ? [] : notTheProduct),
    ];
    this.#top = repositoryOf(root);
    // Who names an ignored folder wants to see it.
    if (root !== this.#top && this.#gitLeavesOut(root, true)) this.#top = root;
  }

  /** @param file an absolute path below the root */
  leavesOut(file: string, isFolder: boolean): boolean {
    if (path.basename(file) === '.git') return true;
    if (this.#always.some((patterns) => verdict(patterns, file, isFolder) === true)) return true;
    return !this.everything && this.#gitLeavesOut(file, isFolder);
  }

  /** The .gitignore nearest to the file has the last word. */
  #gitLeavesOut(file: string, isFolder: boolean): boolean {
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const patterns = this.#in(folder);
      const said = patterns && verdict(patterns, file, isFolder);
      if (typeof said === 'boolean') return said;
      if (folder === this.#top || folder === path.dirname(folder)) return false;
    }
  }

  #in(folder: string): Patterns | null {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const file = path.join(folder, '.gitignore');
    const text = smallText(file);
    const read = text === null ? null : { folder, matcher: ignore().add(text) };
    this.#byFolder.set(folder, read);
    return read;
  }
}

/** Null: the patterns do not say. */
function verdict({ folder, matcher }: Patterns, file: string, isFolder: boolean): boolean | null {
  const relative = path.relative(folder, file).split(path.sep).join('/');
  if (relative === '' || relative.startsWith('..')) return null;
  const { ignored, unignored } = matcher.test(isFolder ? `${relative}/` : relative);
  return ignored ? true : unignored ? false : null;
}

/** The folder above that holds `.git`; without one the folder itself. */
function repositoryOf(root: string): string {
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return root;
  }
}
