import type { Words } from '../../../rule';
import { allOf, anyOf, lastBefore, namesBefore } from '../../../words';
import { keptName } from '../arrivals/dispatch';
import { isMadeEmpty, holdsOthers, importsServing, waitingLine } from './collections';
import { mayWait, takenInTurn, takesWhatWaits, taking } from '../queues/lines';
import { takesItems } from '../names';

/** `self.lines`, `lines` of `self.lines[key]`, `lines.setdefault(key, [])`. */
const held = /(self(?:\.\w+)+|\w+)(?:\[[^[\]\n]*\]|\.setdefault\([^()]*(?:\(\))?\))?$/;

/** Something is made longer that is made empty where the object or the module is. */
const madeLonger: Words = {
  test(text) {
    const empty = madeEmpty(text);
    return [...namesBefore(text, /\.(?:append|extend|add)\(| \+= |\] = /g, held)].some((name) => {
      if (/^self\.\w+\.\w+$/.test(name) && !holdsOthers.test(name))
        if (new RegExp(`${name}(\\[|\\.setdefault)`).test(text)) return true;
      const own = waitingLine.test(name) ? name.replace(/^\w+\.(?=\w+$)/, 'self.') : name;
      return empty.has(own) && !holdsOthers.test(name) && isMadeEmpty(own, text);
    });
  },
};

/** What begins the lines that make something empty. */
function madeEmpty(text: string): Set<string> {
  const names = new Set<string>();
  for (const { index } of text.matchAll(
    /=\s*(?:\[\]|\{\}|b?''|b?""|\w*\(\)|(?:collections\.)?(?:defaultdict|OrderedDict)\()/g,
  )) {
    const name = /(self(?:\.\w+)+|\w+)/.exec(text.slice(text.lastIndexOf('\n', index) + 1, index))?.[1];
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** A name as it stands among the parameters of a function. */
const handed = new RegExp(`\\bdef \\w+\\([^)]*\\b${keptName.source.replace(/^\^|\$$/g, '')}\\b`);

/** A function whose name says that it takes items. */
const takers: Words = {
  test: (text) => [...text.matchAll(/\bdef (\w+)/g)].some(([, name = '']) => takesItems.test(name)),
};

/** Words of files in which something is kept of what each item brings. */
export const mayKeep = allOf(
  /\.(append|extend|add)\(| \+= |\] = /,
  anyOf(handed, /\b(?:async for|while (?:True|1|not|self))\b/, waitingLine),
  anyOf(importsServing, takers),
  madeLonger,
);

/** Words of files in which things wait in a list of an object or module, until some function takes them out. */
export const mayWaitInLine: Words = {
  test(text) {
    const inTurn = takenInTurn(text);
    const definition = lastBefore(text, 'def ');
    let empty: ReadonlySet<string> | null = null;
    for (const { index } of text.matchAll(/\.(?:append(?:left)?|extend|insert)\(/g)) {
      const name = held.exec(text.slice(Math.max(0, index - 90), index))?.[1] ?? '';
      const line = waitingLine.test(name);
      const own = line ? name.replace(/^\w+\.(?=\w+$)/, 'self.') : name;
      const one = inTurn.has(own.replace(/^.*\./, ''));
      if (!(one || line || mayWait.test(own)) || holdsOthers.test(own)) continue;
      empty ??= madeEmpty(text);
      if (!empty.has(own)) continue;
      if (one) return true;
      const around = /\w*/.exec(text.slice(definition(index) + 'def '.length, index))?.[0] ?? '';
      if (takesWhatWaits(around) && taking(own, true).test(text)) return true;
    }
    return false;
  },
};
