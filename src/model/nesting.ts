/** People nest a few levels; what reads YAML goes down by recursion, and slowly where there is no end to it. */
const deepest = 500;

/**
 * Does a YAML text open this many more lists and maps than it closes, or put as many lists into each other on one line?
 * Asked before it is parsed; brackets inside of texts count too.
 */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > deepest) return true;
  }
  return text.includes('- '.repeat(deepest));
}

export const tooDeep = `lists and maps are nested more than ${deepest} deep`;
