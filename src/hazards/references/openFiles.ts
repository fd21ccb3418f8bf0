import type { Node, Tree } from 'web-tree-sitter';
import type { LanguageAdapter, SourceFacts } from '../rule';
import { walkedIn } from '../walked';

/** So much text is kept parsed: the constants of a workspace are asked for again and again. Characters. */
const kept = 512 * 1024;

interface OpenFile {
  text: string;
  tree: Tree;
  facts: SourceFacts;
}

/** Files of one language that others asked for, parsed once while their text stays the same. */
export class OpenFiles {
  /** Those that were asked for last come last. */
  readonly #files = new Map<string, OpenFile>();

  constructor(
    private readonly parse: (text: string) => Tree | null,
    private readonly adapter: LanguageAdapter,
  ) {}

  /** @returns what is known of the file until the next `trim`; null: it could not be parsed */
  at(path: string, text: string): SourceFacts | null {
    const known = this.#files.get(path);
    this.#files.delete(path);
    if (known && known.text !== text) known.tree.delete();
    const tree = known?.text === text ? known.tree : this.parse(text);
    if (!tree) return null;
    const facts = known?.text === text ? known.facts : this.#read(tree.rootNode);
    this.#files.set(path, { text, tree, facts });
    return facts;
  }

  #read(root: Node): SourceFacts {
    return this.adapter.factsOf(root, walkedIn(root, this.adapter.walked));
  }

  /** Lets go of what was not asked for lately. Nobody may be reading one of the files. */
  trim(): void {
    let characters = [...this.#files.values()].reduce((sum, { text }) => sum + text.length, 0);
    for (const [path, { text, tree }] of this.#files) {
      if (characters <= kept) return;
      this.#files.delete(path);
      tree.delete();
      characters -= text.length;
    }
  }
}
