import type { Words } from '../../../rule';
import { fieldsCalled, isCounter } from '../fields';
import { escaped } from '../file';
import { isEverNew, isShortLived, mayBeNew } from './everNew';
import { serving } from './onlyGrows';
import { numberOfQuestion, sweeps } from './pendingAnswers';
import { isTakenFrom } from './takenFrom';

/** `this.seen` of `this.seen.add(url)` and `this.seen[url] = …`; what stands before it says whether it is a field. */
const into = /(?<![\w$.])(?:(this|self|that|_this|me)\.)?([\w$#]+)[?!]?(?:\[[^[\]\n]*\])?[?!]?$/;
const intoKey = /(?<![\w$.])(?:(this|self|that|_this|me)\.)?([\w$#]+)[?!]?\[([\w$.]+)$/;

/** `this.calls` */
const own = String.raw`(?<![\w$])(?:_?this|self|that)\.[\w$#]+`;

/** So far back from the bracket what is added to is looked for. Characters. */
const longest = 80;

/** A collection to which something is added that others choose, and from which the text takes nothing. */
export const mayHold: Words = {
  test(text) {
    const seen = new Set<string>();
    let owners: readonly string[] | null = null;
    let called: ReadonlyMap<string, string> | null = null;
    for (const { name: said, item, field: own } of fillsIn(text)) {
      if (!own) called ??= fieldsCalled(text);
      const meant = own ? undefined : called?.get(said);
      const [name, field] = meant === undefined ? [said, own] : [meant, true];
      if (seen.has(name) || !(isEverNew(name, item) || isCounter(item, text))) continue;
      owners ??= ownersIn(text);
      if (owners.length === 0) return false;
      seen.add(name);
      if (isMadeIn(name, field, text) && !isTakenFrom(name, text)) return true;
    }
    return false;
  },
};

/** What is added to what, by the text alone. */
function* fillsIn(text: string): Generator<{ name: string; item: string; field: boolean }> {
  for (const { 1: item = '', index } of text.matchAll(/\.(?:add|set)\(\s*([\w$.]+)/g)) {
    if (!mayBeNew(item)) continue;
    const [, own, name] = into.exec(text.slice(Math.max(0, index - longest), index)) ?? [];
    if (name !== undefined) yield { name, item, field: own !== undefined };
  }
  for (const { index } of text.matchAll(/\] = (?!undefined|null|false|0)/g)) {
    const [, own, name, item = ''] = intoKey.exec(text.slice(Math.max(0, index - longest), index)) ?? [];
    const isNew = mayBeNew(item) || isCounter(item, text);
    if (name !== undefined && isNew) yield { name, item, field: own !== undefined };
  }
}

const ownersIn = (text: string): string[] => [
  ...[...text.matchAll(/\bclass ([\w$]+)|\.prototype\b(?<=\b([A-Z][\w$]+)\.prototype)(?=(?:\.[\w$]+)?\s*=)/g)]
    .map(([, named, prototype]) => named ?? prototype ?? '')
    .filter((name) => !isShortLived(name)),
  ...(new RegExp(`['"](${serving.source.replace(/^\^|\$$/g, '')})['"]`).test(text) ? ['Server'] : []),
];

/** As a field, by the module, or by what makes something that lasts. */
function isMadeIn(name: string, field: boolean, text: string): boolean {
  const made = '(\\[\\]|\\{\\}|Object\\.create\\(null\\)|new \\w*(Map|Set|Array)\\b)';
  const own = escaped(name);
  if (field) return new RegExp(`(?<![\\w$])${own}(: [^=\\n]+)?['"]?\\s*[=:,]\\s*${made}`).test(text);
  if (new RegExp(`^(export )?(const|let|var) ${own}\\b[^=\\n]*= ${made}`, 'm').test(text)) return true;
  const within = new RegExp(`^( {2,4}|\\t)(const|let|var) ${own}\\b[^=\\n]*= ${made}`, 'm').test(text);
  return (
    within &&
    /\b(?:const|let|var|function|exports\.|default function) ?(?:make|create|init|setup|connect)\w*|\b(apply|\w+: function)\s*\([\w, ]*\) \{/i.test(
      text,
    )
  );
}

/** What is put into a field of the object under the number of a question, and may be called with the answer. */
const asks = new RegExp(
  `(?:\\] = (?<=${own}\\[[^\\]\\n]*${numberOfQuestion}\\] = )|\\.set\\((?<=${own}\\.set\\()[^,;\\n]*${numberOfQuestion}, )` +
    '[^;\\n]{0,40}(?:\\n[^;\\n]{0,40})?(?:\\b(?:resolve|deferred|defer|cb|fn|next)|callback)\\b',
  'i',
);

/** Something is kept under the number of a question for whoever waits for the answer, and nothing gives up. */
export const asksUnanswered: Words = { test: (text) => asks.test(text) && !sweeps.test(text) };
