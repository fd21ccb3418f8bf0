/** Shorter last lines are not worth the look. Characters. */
const shortest = 1000;

/**
 * A text without the map of its sources that a compiler wrote into its last line: it is as long as the program, and none
 * of it. What stands before keeps its place.
 */
export function withoutInlineMap(text: string): string {
  const line = text.lastIndexOf('\n', text.length - 2) + 1;
  if (text.length - line < shortest) return text;
  const at = text.indexOf('//# sourceMappingURL=data:', line);
  return at < 0 ? text : text.slice(0, at);
}
