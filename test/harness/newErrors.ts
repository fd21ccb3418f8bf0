/**
 * Errors that a compiler tells more often than before an edit. Lines and columns move with it and do not count, nor
 * do guesses at what was meant, of which a compiler makes no more than so many.
 */
export function newErrors(before: readonly string[], after: readonly string[]): string[] {
  const left = before.map(withoutPlace);
  return after.filter((error) => {
    const at = left.indexOf(withoutPlace(error));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Each error once, wherever it is told. */
export const toldOnce = (errors: readonly string[]): string[] => [
  ...new Map(errors.map((error) => [withoutPlace(error), error])).values(),
];

const withoutPlace = (error: string) =>
  error.replaceAll(/(?<=:) ?\d+(?=:)|\(\d+,\d+\)|\bline \d+|"\d+-\d+"| Did you mean .*/g, '');
