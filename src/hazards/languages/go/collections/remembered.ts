import { methodAround, type Put } from './puts';

/** What remembers which items have come. */
const remembering = /^(?:\w*(?:[sS]een|[vV]isited|[kK]nown|[pP]rocessed|[hH]andled|[hH]istory)\w*)$/;

const marks = /(?<=\n\t+|[,=] )(\w+)(?:\[[^\]\n]+\](?= = )|\.(?:LoadOrStore|Store)(?=\())/g;

/** What a loop waits for that does not only walk what is there. */
const waiting = /<-|\brange [\w.]+\.C \{|\.(?:Accept|Read|Recv|Next|Fetch|Poll|Receive)\w*\(|\bSleep\(/;

/** What a text puts into a variable that an endless loop of the same function remembers items by, and never empties. */
export function rememberedIn(text: string): Put[] {
  if (!text.includes('for {\n') && !text.includes('.C {\n')) return [];
  if (!/(?:[sS]een|[vV]isited|[kK]nown|[pP]rocessed|[hH]andled|[hH]istory)\w*(?:\[|\.(?:LoadOr)?Store\()/.test(text))
    return [];
  return [...text.matchAll(marks)].flatMap(({ 0: whole, 1: name = '', index }) => {
    const at = index + whole.length;
    const method = remembering.test(name) ? methodAround(text, at) : null;
    if (!method || method.name === 'main' || !isEndless(method.before, name)) return [];
    const around = method.before + text.slice(at, text.indexOf('\n}\n', at));
    const emptied = new RegExp(
      `\\bdelete\\(${name},|\\b${name}\\.(?:Delete|Clear|Range)|len\\(${name}\\)|\\b${name} = |[(,] ?&?${name}[,)]`,
    );
    return emptied.test(around) || !waiting.test(around)
      ? []
      : [{ kind: 'map', object: name, field: name, item: '', value: '', index: at, method }];
  });
}

/** Is it declared before a loop that goes on for ever, or for each tick, and in which the put stands? */
function isEndless(before: string, name: string): boolean {
  const declared = new RegExp(
    `\\n\\t+(?:var ${name} (?:sync\\.Map|map\\[)|${name} := (?:make\\(map|map\\[|&?sync\\.Map))`,
  ).exec(before);
  const inner = declared ? before.slice(declared.index) : '';
  return [...inner.matchAll(/\n(\t+)for (?:\{|range [\w.]+\.C \{|range time\.Tick\(.*\) \{)\n/g)].some(
    ({ 1: indent = '', index }) => !inner.slice(index).includes(`\n${indent}}`),
  );
}
