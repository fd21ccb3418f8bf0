import type { Random } from '../../src/measure/demo/random';

const junk = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '`',
  "'",
  '/*',
  '*/',
  '\n',
  '\0',
  '\uFEFF',
  '\u{1F980}',
  '\uD800',
  '<',
  '=>',
  ':',
];

/** A text as an editor or a broken disk may leave it: a half, a piece cut out, or bytes written over it. */
export function damaged(text: string, random: Random): string {
  const at = (limit: number) => Math.floor(random.uniform() * limit);
  const kind = at(4);
  if (kind === 0) return text.slice(0, text.length / 2);
  if (kind === 1) return text.slice(text.length / 2);
  if (kind === 2) {
    const [from, to] = [at(text.length), at(text.length)].sort((a, b) => a - b);
    return text.slice(0, from) + text.slice(to);
  }
  let changed = text;
  for (let times = 1 + at(6); times > 0; times--) {
    const [start, removed] = [at(changed.length), at(6)];
    const inserted = at(2) === 0 ? (junk[at(junk.length)] ?? '') : String.fromCharCode(at(256), at(256), at(256));
    changed = changed.slice(0, start) + inserted + changed.slice(start + removed);
  }
  return changed;
}
