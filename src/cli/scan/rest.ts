import type { Readable } from '../../files/walk';
import { readBy } from '../../hazards/languages/named';

/** Files that a worker is handed at once: enough that it seldom waits, few enough that the last ones end together. */
const batchSize = 16;
/** The memory that a file needs to be parsed is never given back: what needs much is parsed by one thread only. */
const largeBytes = 150_000;
/** So many files are listed ahead of the threads, so that each finds some of its language. */
const mostListed = 8192;

/** The files that no thread has taken yet, by what they are written in. */
export class Rest {
  private readonly files: Iterator<Readable>;
  private readonly waiting = new Map<string, string[]>();
  private readonly large = new Map<string, string[]>();
  private readonly heldBy = new Map<number, string>();

  constructor(files: Iterable<Readable>) {
    this.files = files[Symbol.iterator]();
  }

  /** How many of so many threads there is work for. @param most from 1 */
  threads(most: number): number {
    this.list(most * batchSize);
    const small = Math.ceil(countOf(this.waiting) / batchSize);
    return Math.min(most, Math.max(small, countOf(this.large) > 0 ? 1 : 0));
  }

  /**
   * The next files of one language, as absolute paths; none at the end. A thread stays with its language as long as there
   * is any: what it has loaded, and what has become fast, is of use again.
   * @param thread from 0; only the first is handed large files
   */
  batch(thread: number): string[] {
    this.list(mostListed);
    const kind = this.kindFor(thread);
    if (kind === undefined) return [];
    this.heldBy.set(thread, kind);
    const large = thread === 0 ? taken(this.large, kind, batchSize) : [];
    return [...large, ...taken(this.waiting, kind, batchSize - large.length)];
  }

  /** Lists files until enough of them wait. */
  private list(enough: number): void {
    for (let listed = countOf(this.waiting); listed < enough; listed++) {
      const next = this.files.next();
      if (next.done) return;
      const { file, bytes } = next.value;
      const lists = bytes > largeBytes ? this.large : this.waiting;
      const kind = kindOf(file);
      const same = lists.get(kind);
      if (same) same.push(file);
      else lists.set(kind, [file]);
    }
  }

  /**
   * The language that the thread has, else the one with the most files, of those that no other thread has. The thread
   * that takes the large files begins with them, as it would be left alone with them at the end.
   */
  private kindFor(thread: number): string | undefined {
    const own = this.heldBy.get(thread);
    this.heldBy.delete(thread);
    const lists = thread === 0 ? [...this.waiting, ...this.large] : [...this.waiting];
    const left = lists.filter(([, files]) => files.length > 0).sort(([, a], [, b]) => b.length - a.length);
    const kinds = left.map(([kind]) => kind);
    const held = [...this.heldBy.values()];
    const withLarge = thread === 0 ? kinds.findLast((kind) => (this.large.get(kind) ?? []).length > 0) : undefined;
    return withLarge ?? kinds.find((kind) => kind === own) ?? kinds.find((kind) => !held.includes(kind)) ?? kinds[0];
  }
}

const countOf = (lists: Map<string, string[]>) => [...lists.values()].reduce((sum, { length }) => sum + length, 0);

const taken = (lists: Map<string, string[]>, kind: string, most: number) => lists.get(kind)?.splice(0, most) ?? [];

/** Dialects share most of what is loaded for them. */
const kindOf = (file: string): string => {
  const language = readBy(file) ?? '';
  return language === 'typescript' || language === 'tsx' ? 'javascript' : language;
};
