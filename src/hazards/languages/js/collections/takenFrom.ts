import { linesNaming } from '../../../words';
import { escaped } from '../file';

/** The head of a function that begins anew, and the line below it: `forget() {`, `Crawler.prototype.reset = function () {` */
const resets =
  /^.*(?<![\w$])((?:reset|forget|clear)\w*)\s*(?:[=:]\s*(?:async\s*)?(?:function\s*)?)?\(\w*\)[^;\n]*\{\s*\n.*$/gm;

/** Without what begins anew only when somebody asks for it: the text itself does not call it. */
const withoutResets = (lines: string, whole: string): string =>
  lines.replace(resets, (all, name: string) => (whole.split(`${name}(`).length > 2 ? all : ''));

/** Does anything in the text take out of a collection of the name, make it anew or compare how much it holds? */
export function isTakenFrom(name: string, whole: string): boolean {
  const text = withoutResets(linesNaming(whole, name), whole);
  const own = `(?<![\\w$])${escaped(name)}`;
  const element = `${own}[?!]?(\\[[^\\]\\n]*\\])?[?!]?`;
  const made =
    text.match(new RegExp(`${own}['"]?(: [^=;\\n]+)?\\s*(=(?![=>])|[:,] (\\[\\]|\\{\\}|new (Map|Set)\\b))`, 'g')) ?? [];
  if (made.length > 1) return true;
  return new RegExp(
    [
      `${element}\\.(delete|clear|shift|pop|splice|remove\\w*|evict\\w*|prune\\w*|reset|destroy)\\(`,
      `\\bdelete [\\w$.#]*(?<![\\w$])${escaped(name)}\\b`,
      `${element}\\.length = `,
      `${element}\\.(length|size)\\s*(>=?|===?|%)\\s*(?![01]\\b)[\\w(]`,
      `${element}\\.(size\\s*<=?\\s*(?![01]\\b)\\w|length\\s*<=?\\s*(\\d{2}|[\\w.]*(max|limit)))`,
      `(max|limit|cap)\\w* <=? [\\w$.]*${escaped(name)}\\.(length|size)`,
      `\\b\\w*(remove|delete|prune|evict|clean|pull|trim|expire)\\w*\\([^()]*(?<![\\w$])${escaped(name)}\\b`,
    ].join('|'),
    'i',
  ).test(text);
}
