import { allOf, naming, oncePerText } from '../../../words';
import { methodAround, type Put } from './puts';

/** Joins what was read to what is there already, in memory. */
const joins =
  /\b([\w.]+)(?:\.Write(?:String|Byte|Rune)?\((?:string\()?([\w.]+)(?:\[[^\]\n]*\])?\)?\)| = append\(\1, ([\w.]+)(?:\[[^\]\n]*\])?\.\.\.\)| \+= (?:string\()?(\w+)(?:\[[^\]\n]*\])?\)?\n)/g;

/** Reads from what has an end. */
const ends = /\b[fF]ile\.Read|\bos\.(?:Open|File|ReadFile|Stdin)|Limit(?:ed)?Reader|ReadFrom(?:UDP)?\(|\.ReadAt\(/;

/** Types of readers of what is in memory already, or of a file. */
const inMemory = '(?:\\*?bytes\\.|strings\\.NewReader|\\*?os\\.)';

/** Words of a text that reads in a loop. */
const readsOn = allOf(naming('Read'), /\.Read(?:Line|Byte|Rune|Slice|String|Bytes)?\(/, naming('for '));

/** What joins pieces of a reader until a mark comes in them, which whoever sends them may never send. */
export const joinedIn = oncePerText(findJoined);

function findJoined(text: string): Put[] {
  if (!readsOn.test(text)) return [];
  const found = [...text.matchAll(joins)].flatMap(({ 1: into = '', 2: written, 3: added, 4: said, index }) => {
    const piece = written ?? added ?? said ?? '';
    const method = methodAround(text, index);
    const from = method ? startOfLoop(method.before) : -1;
    if (!method || from < 0) return [];
    const loop = method.before.slice(from) + text.slice(index, text.indexOf('\n}\n', index));
    const around = method.before + loop;
    const [, assigned, filled] = reads(piece).exec(method.before.slice(from)) ?? [];
    const reader = (assigned ?? filled)?.split('.').at(-1);
    return reader !== undefined &&
      !ends.test(around) &&
      !new RegExp(`\\b${reader}(?:, \\w+)*(?:\\s+|\\s*:?=\\s*|:\\s*)${inMemory}`).test(text) &&
      isMemory(into, method.before.slice(0, from), text) &&
      !isEmptied(into, loop)
      ? [{ kind: 'list' as const, object: '', field: into, item: piece, value: '', index, method }]
      : [];
  });
  // Told once for each loop.
  return found.filter(
    ({ field, method: { before } }, at) =>
      !found.slice(0, at).some((other) => other.field === field && before.startsWith(other.method.before)),
  );
}

/** Where the line of the last loop begins, if it is not over yet; -1: none. */
function startOfLoop(before: string): number {
  const start = before.lastIndexOf('\tfor ');
  const line = before.lastIndexOf('\n', start) + 1;
  return start < 0 || before.slice(start).includes(`\n${before.slice(line, start + 1)}}\n`) ? -1 : line;
}

/** `n, err := conn.Read(piece)`, `piece, err := reader.ReadByte()` */
const reads = (piece: string) =>
  new RegExp(
    `\\b${piece}(?:, \\w+)* :?= ([\\w.]+)\\.Read(?:Line|Byte|Rune|Slice|String|Bytes)\\(|([\\w.]+)\\.Read\\(${piece}(?:\\[[^\\]\\n]*\\])?\\)`,
  );

/** A buffer, a text or bytes that were there before the loop; what is made in its turn ends with it. */
function isMemory(into: string, above: string, text: string): boolean {
  const name = into.split('.').at(-1) ?? '';
  if (/[cC]onn$/.test(name)) return false;
  const buffer = `(?:\\s+|\\s*:?=\\s*|:\\s*)(?:&|\\*|new\\()?(?:bytes\\.(?:Buffer|NewBuffer\\w*)|strings\\.Builder|\\[\\]byte\\b|make\\(\\[\\]byte|string\\b|""|\\[\\]byte\\{)`;
  const declared = new RegExp(`\\b${name}(?:, \\w+)*${buffer}`);
  return into.includes('.') ? declared.test(text) : declared.test(above);
}

/** Is its length compared, or is it begun anew in each turn, whatever came? */
const isEmptied = (into: string, loop: string): boolean =>
  new RegExp(
    `(?:len\\(${into}\\)|${into}\\.Len\\(\\)) *(?:>=?|[+]) *(?!0\\b)|[<>]=? *(?:len\\(${into}\\)|${into}\\.Len\\(\\))|(?:max|limit)\\w*\\b[^\\n]*\\{`,
    'i',
  ).test(loop) || new RegExp(`\\n${/^\t*/.exec(loop)?.[0] ?? ''}\\t${into}\\.Reset\\(`).test(loop);
