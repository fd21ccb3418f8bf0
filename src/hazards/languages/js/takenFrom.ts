import { linesNaming } from '../../words';
import { escaped } from './file';

/** Does anything in the text take out of a collection of the name, make it anew or compare how much it holds? */
export function isTakenFrom(name: string, whole: string): boolean {
  const text = linesNaming(whole, name);
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
