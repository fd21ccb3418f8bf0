/** Three characters in a row, as sixteen bits: letters of both cases are one, and few others are alike. */
const trigram = (first: number, second: number, third: number) => (first << 10) ^ (second << 5) ^ third;

const codeAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code < 64 ? code : code & 31;
};

/** Which of them the text in hand holds. */
const held = new Uint8Array(1 << 16);
let inHand: string | null = null;

/** Takes a text in hand: `mayHold` knows it until the next one is. */
export function takeInHand(text: string): void {
  held.fill(0);
  let [first, second] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const third = codeAt(text, at);
    held[trigram(first, second, third)] = 1;
    first = second;
    second = third;
  }
  inHand = text;
}

/** Those of a piece of text, of which each text that holds it has all; none of a piece that is shorter. */
export const trigramsOf = (piece: string): number[] =>
  Array.from({ length: Math.max(0, piece.length - 2) }, (_, at) =>
    trigram(codeAt(piece, at), codeAt(piece, at + 1), codeAt(piece, at + 2)),
  );

/** False: the text is the one in hand, and does not hold a piece that has these. True says nothing. */
export function mayHold(text: string, trigrams: readonly number[]): boolean {
  if (text !== inHand) return true;
  for (const each of trigrams) if (held[each] === 0) return false;
  return true;
}
