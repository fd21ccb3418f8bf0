import { mayHold, trigramsOf } from './trigrams';

/** Can the text hold what is looked for, by the trigrams of the text in hand? False is sure. */
export type Needed = (text: string) => boolean;

const anything: Needed = () => true;

/** One of these pieces. */
export function oneOf(pieces: readonly string[]): Needed {
  const each = pieces.map(trigramsOf);
  return each.some(({ length }) => length === 0)
    ? anything
    : (text) => each.some((trigrams) => mayHold(text, trigrams));
}

/** More pieces than this that a part of an expression may be are not told apart. */
const mostPieces = 32;

/** What a text must hold to match a part of an expression: one of the pieces as the whole of it, or else what is needed. */
interface Part {
  /** Null: it may be anything. */
  pieces: readonly string[] | null;
  needed: readonly Needed[];
}

const unknown: Part = { pieces: null, needed: [] };
const empty: Part = { pieces: [''], needed: [] };

/**
 * What a text must hold for an expression to match it anywhere: the pieces of text that stand in it in full.
 * @returns what is true of every text, for an expression with a part that is not understood
 */
export function neededBy({ source, flags }: RegExp): Needed {
  if (/[uv]/.test(flags) || /[^\0-\x7f]/.test(source)) return anything;
  const reader = new Reader(source);
  const part = reader.choice();
  const all = reader.understood ? neededFor(part) : [];
  return (text) => all.every((needed) => needed(text));
}

const neededFor = ({ pieces, needed }: Part): readonly Needed[] => {
  const whole = pieces ? oneOf(pieces) : anything;
  return whole === anything ? needed : [...needed, whole];
};

/** Reads the source of an expression once, from left to right. */
class Reader {
  #at = 0;
  understood = true;

  constructor(private readonly source: string) {}

  /** Parts with `|` between them, to a bracket or the end. */
  choice(): Part {
    const parts = [this.#sequence()];
    while (this.#took('|')) parts.push(this.#sequence());
    const [only] = parts;
    if (only && parts.length === 1) return only;
    const pieces = parts.flatMap((part) => part.pieces ?? []);
    if (parts.every((part) => part.pieces && part.needed.length === 0) && pieces.length <= mostPieces)
      return { pieces, needed: [] };
    const each = parts.map(neededFor);
    if (each.some(({ length }) => length === 0)) return unknown;
    return { pieces: null, needed: [(text) => each.some((all) => all.every((needed) => needed(text)))] };
  }

  #sequence(): Part {
    const needed: Needed[] = [];
    let [pieces, whole]: [readonly string[], boolean] = [[''], true];
    while (this.#at < this.source.length && !/[|)]/.test(this.#next)) {
      const part = this.#repeated();
      needed.push(...part.needed);
      const longer = part.pieces && joined(pieces, part.pieces);
      if (longer) pieces = longer;
      else {
        needed.push(...neededFor({ pieces, needed: [] }));
        [pieces, whole] = [part.pieces ?? [''], false];
      }
    }
    return whole ? { pieces, needed } : { pieces: null, needed: [...needed, ...neededFor({ pieces, needed: [] })] };
  }

  #repeated(): Part {
    const part = this.#one();
    const times = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.#at));
    if (!times) return part;
    this.#at += times[0].length;
    const [mark, least = mark.startsWith('+') ? '1' : '0'] = times;
    return least === '0' ? unknown : { pieces: null, needed: neededFor(part) };
  }

  #one(): Part {
    const mark = this.#next;
    this.#at += 1;
    if (mark === '(') return this.#group();
    if (mark === '[') return this.#oneOfClass();
    if (mark === '\\') return this.#escaped();
    if (mark === '^' || mark === '$') return empty;
    return mark === '.' ? unknown : piece(mark);
  }

  #group(): Part {
    const [opening = ''] = /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(this.source.slice(this.#at)) ?? [];
    this.#at += opening.length;
    const part = this.choice();
    if (!this.#took(')')) this.understood = false;
    if (opening.endsWith('!')) return empty;
    // What is looked at before or behind stands in the text too, but takes no place in it.
    return opening.endsWith('=') ? { pieces: [''], needed: neededFor(part) } : part;
  }

  #oneOfClass(): Part {
    const [inside = ''] = /^(?:[^\]\\]|\\[^])*/.exec(this.source.slice(this.#at)) ?? [];
    this.#at += inside.length;
    if (!this.#took(']')) this.understood = false;
    const letters = new Set(inside.toLowerCase());
    return /^\^|[\\-]/.test(inside) || letters.size > 4 ? unknown : { pieces: [...letters], needed: [] };
  }

  #escaped(): Part {
    const mark = this.#next;
    this.#at += 1;
    if (/[dDwWsS]/.test(mark)) return unknown;
    if (/[bB]/.test(mark)) return empty;
    if (mark in blanks) return piece(blanks[mark] ?? '');
    if (/\w/.test(mark)) this.understood = false;
    return piece(mark);
  }

  get #next(): string {
    return this.source.charAt(this.#at);
  }

  #took(mark: string): boolean {
    if (this.#next !== mark) return false;
    this.#at += 1;
    return true;
  }
}

const blanks: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Trigrams do not tell the cases of letters apart. */
const piece = (letter: string): Part => ({ pieces: [letter.toLowerCase()], needed: [] });

function joined(before: readonly string[], after: readonly string[]): readonly string[] | null {
  if (before.length * after.length > mostPieces) return null;
  return before.flatMap((start) => after.map((end) => start + end));
}
