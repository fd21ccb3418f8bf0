import type { Words } from '../../../rule';
import { conditions } from './tables';

const step = /\s*(?:#.*\s*)*\.(\w+)\(/y;
const isCondition = new RegExp(`^(${conditions})$`);

/** Words of a file in which all of a table may be asked for: `select(Order)` that no step after it asks anything of. */
export const mayAskWhole: Words = {
  test: (text) =>
    /\.query\s*\.all\(/.test(text) ||
    [...text.matchAll(/\b(?:query|select)\(\s*[\w.]+\s*\)/g)].some(
      ({ index, 0: asked }) => !isConditional(text, index + asked.length),
    ),
};

/** Is one of the steps that follow there a condition? */
function isConditional(text: string, from: number): boolean {
  let at = from;
  for (;;) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (!found) return false;
    if (isCondition.test(found[1] ?? '')) return true;
    at = endOfCall(text, step.lastIndex);
  }
}

/** Behind the bracket that closes what is open there. */
function endOfCall(text: string, from: number): number {
  let at = from;
  for (let open = 1; open > 0 && at < text.length; at++) {
    if (text[at] === '(') open++;
    else if (text[at] === ')') open--;
  }
  return at;
}
