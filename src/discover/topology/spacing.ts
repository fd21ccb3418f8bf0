/** A YAML text in which lines that differ from those of the text before by blanks alone are written as before. */
export function spacedAs(before: string, after: string): string {
  const written = new Map(before.split('\n').map((line) => [bare(line), line]));
  return after
    .split('\n')
    .map((line) => {
      const old = written.get(bare(line));
      return old !== undefined && indent(old) === indent(line) ? old : line;
    })
    .join('\n');
}

/** Blanks inside of quotes say something; such a line is never the same as one without them. */
const bare = (line: string) => line.replace(/"[^"]*"|'[^']*'|\s+/g, (part) => (part.trim() === '' ? '' : part));
const indent = (line: string) => line.length - line.trimStart().length;
