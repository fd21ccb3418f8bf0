/**
 * An explanation up to the end of its comment or line. What has a quotation mark before it may stand in a text, whose end
 * has to be seen: it is left as it is.
 */
const explanation = /(?<=^[^\n"'`]*(?:\/\/|\/\*|#)[^\n"'`]*|^[\s*]*)backpressure:\s*bounded-by\b(?:(?!\*\/)[^\n])*/gim;

/** Letters of a private area, one for each that is written: U+E021 for `!` to U+E07E for `~`. */
const firstLetter = 0xe000;
const veiledLetter = /[\ue021-\ue07e]/g;

/**
 * A text whose explanations are written in letters that no rule knows, or the words of a comment ("a limit of 8") would be
 * taken for what bounds a place. Each offset stays where it is. A text that has such letters of its own stays as it is.
 */
export function veiled(text: string): string {
  if (text.search(veiledLetter) >= 0) return text;
  return text.replace(explanation, (said) =>
    said.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + firstLetter)),
  );
}

/** What was veiled, or was cut out of it, as it was written. */
export const unveiled = (text: string): string =>
  text.replace(veiledLetter, (letter) => String.fromCharCode(letter.charCodeAt(0) - firstLetter));

/** Plain data whose texts are as they were written. */
export function unveiledIn<T>(value: T): T;
export function unveiledIn(value: unknown): unknown {
  if (typeof value === 'string') return unveiled(value);
  if (Array.isArray(value)) return value.map((each: unknown) => unveiledIn(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unveiledIn<unknown>(each)]));
}
