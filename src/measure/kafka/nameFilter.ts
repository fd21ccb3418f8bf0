import { runInNewContext } from 'node:vm';
import { SourceError } from '../source';

/** By far more than ten thousand names take on a busy machine; an expression that explodes on one would take years. */
const mostMs = 1000;

/** Chooses names by a regular expression that somebody wrote; each name is looked at once. */
export class NameFilter {
  private readonly pattern: RegExp;
  private verdicts = new Map<string, boolean>();
  /** Set once it took too long: it is not tried again. */
  private failure: SourceError | null = null;

  /** @throws {SyntaxError} when the text is no regular expression */
  constructor(
    private readonly what: 'topics' | 'groups',
    text: string,
  ) {
    this.pattern = new RegExp(text, 'u');
  }

  /** Those of the names in which the expression is found. @throws {SourceError} when that takes too long */
  choose(names: readonly string[]): Set<string> {
    const fresh = names.filter((name) => !this.verdicts.has(name));
    const found = new Set(fresh.length === 0 ? [] : this.search(fresh));
    this.verdicts = new Map(names.map((name) => [name, this.verdicts.get(name) ?? found.has(name)]));
    return new Set(names.filter((name) => this.verdicts.get(name)));
  }

  private search(names: readonly string[]): string[] {
    if (this.failure) throw this.failure;
    const { pattern } = this;
    try {
      // The one way to stop a regular expression that has begun.
      return runInNewContext(
        'names.filter((name) => pattern.test(name))',
        { names, pattern },
        { timeout: mostMs },
      ) as string[];
    } catch (error) {
      this.failure = new SourceError(
        'unsupported',
        `${this.what}=${pattern.source} takes too long to compare with the names there are`,
        'write it without one repetition inside another, such as (a+)+',
        { cause: error },
      );
      throw this.failure;
    }
  }
}
