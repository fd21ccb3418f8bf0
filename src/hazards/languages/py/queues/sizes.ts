import type { Node } from 'web-tree-sitter';
import { ancestorsOf, descendantsOf, lineOf, partsOf, textIn } from '../../../syntax';
import { calleeName, type PythonFile } from '../file';
import { callsOn, keptBy, scopeOf } from './held';
import { endsTurn, running } from '../turn';

/** A look at how long the queue is on which something depends, or waiting until it is empty. */
export function sizeGuard(place: Node, file: PythonFile): string | null {
  const name = keptBy(place);
  if (name === null) return null;
  const [look] = callsOn(name, place, file, /^(qsize|full|join)$/).filter((call) =>
    calleeName(call) === 'join'
      ? !endsThings(call, file) && holdsFiller(call, name, file)
      : calleeName(call) === 'full' || isCompared(call, file),
  );
  if (look) return `\`${look.text}\` on line ${lineOf(look)}`;
  const scope = scopeOf(name, place, file);
  return lengthCompared(name, scope) ?? toldLengthCompared(name, file) ?? heldBackIn(scope);
}

/** `def waiting(self): return len(self.queue)`, which somebody compares: `if sender.waiting() >= limit`. */
export function toldLengthCompared(name: string, file: PythonFile): string | null {
  const length = new RegExp(`\\breturn (?:self\\.)?(?:len\\(${escaped(name)}\\)|${escaped(name)}\\.qsize\\(\\))`);
  for (const { name: told } of length.test(file.text)
    ? file.functions.filter(({ node }) => length.test(node.text))
    : []) {
    const compared = new RegExp(
      `\\.${told}\\b(?:\\(\\))?\\s*[<>]=?\\s*(?!\\d\\b)[\\w.]+|[\\w.]*[a-z]\\w*\\s*[<>]=?\\s*[\\w.]*\\.${told}\\b`,
    );
    const found = compared.exec(file.text);
    if (found && !/^__len__$/.test(told))
      return `\`${found[0].trim()}\` on line ${file.text.slice(0, found.index).split('\n').length}`;
  }
  return null;
}

const escaped = (name: string) => name.replaceAll('.', '\\.');

/** Whoever sends is held back meanwhile. */
function heldBackIn(scope: Node): string | null {
  const pause = descendantsOf(scope, 'call').find((call) =>
    /^(pause_reading|pauseProducing|pause_receiving)$/.test(calleeName(call)),
  );
  return pause ? `\`${pause.text}\` on line ${lineOf(pause)}` : null;
}

/** A comparison of the length of a collection, or of one of several, with a limit. */
export function lengthCompared(name: string, scope: Node): string | null {
  const measured = lengthsOf(name, scope).find(isLimit);
  return measured ? `\`${measured.text}\` on line ${lineOf(measured)}` : null;
}

const lengthsOf = (name: string, scope: Node): Node[] =>
  descendantsOf(scope, 'comparison_operator').filter(
    ({ text }) => text.includes(`len(${name})`) || text.includes(`len(${name}[`),
  );

/** Is its length compared with nothing but a limit that is not there by default? */
export const isComparedInVain = (name: string, scope: Node): boolean => lengthsOf(name, scope).some(isUnsetByDefault);

/** Does whoever fills it wait, rather than one that looks on until all is done? */
const holdsFiller = (call: Node, name: string, file: PythonFile): boolean => {
  const around = file.functionAround(call)?.node;
  const loops = (node: Node) =>
    [...ancestorsOf(node)].filter(({ type }) => /^(for|while)_statement$/.test(type)).length;
  const puts = callsOn(name, call, file, /^put(_nowait)?$/).filter(
    (put) => file.functionAround(put)?.node.id === around?.id,
  );
  return loops(call) > 0 || puts.some((put) => loops(put) === 0);
};

/** Waiting until all is done where something ends: meanwhile it grew. */
const endsThings = (call: Node, file: PythonFile) =>
  /stop|clos|clean|disconnect|shut|terminate|cancel|exit|drain|flush|wait|join|finish|__(aexit|exit|del)__/i.test(
    file.functionAround(call)?.name ?? '',
  ) || [...ancestorsOf(call)].some((outer) => outer.type === 'if_statement' && isTheEnd(outer));

/** `if item is None: …; break` */
const isTheEnd = (condition: Node) => / is None\b/.test(textIn(condition, 'condition'));

/** Is the length, or the variable that keeps it, compared with a limit? One that is only told to somebody bounds nothing. */
function isCompared(length: Node, file: PythonFile): boolean {
  const kept = length.parent?.type === 'assignment' ? length.parent.childForFieldName('left')?.text : undefined;
  if (kept === undefined)
    return [...ancestorsOf(length)].some((outer) => outer.type === 'comparison_operator' && isLimit(outer));
  return (file.functionAround(length)?.node ?? file.root)
    .descendantsOfType('comparison_operator')
    .some(
      (each) => isLimit(each) && each.descendantsOfType(['identifier', 'attribute']).some(({ text }) => text === kept),
    );
}

/** `qsize() >= limit` rather than `qsize() > 0` or `len(parts) < 3`, and more than a log line depends on it. */
function isLimit(comparison: Node): boolean {
  if (partsOf(comparison).some(({ text }) => /^\d$/.test(text)) || isUnsetByDefault(comparison)) return false;
  const guarded = [...ancestorsOf(comparison)].find(({ type }) => /^(if|while)_statement$/.test(type));
  const body = guarded?.childForFieldName('consequence');
  const calls = body && !endsTurn(body) ? running([body], 'call') : [];
  return calls.length === 0 || !calls.every((call) => telling.test(calleeName(call)));
}

/** `limit is not None and len(waiting) >= limit` of a limit that is None unless somebody gives one. */
export function isUnsetByDefault(comparison: Node): boolean {
  const around = comparison.parent;
  if (around?.type !== 'boolean_operator' || around.children.some(({ type }) => type === 'or')) return false;
  const asked = /^([\w.]+)( is not None| > 0| != 0)?$|^0 < ([\w.]+)$/.exec(textIn(around, 'left'));
  const limit = asked?.[1] ?? asked?.[3];
  if (limit === undefined || !partsOf(comparison).some(({ text }) => text === limit)) return false;
  const name = limit.replace(/^.*\./, '').replace(/^_+/, '');
  const root = [...ancestorsOf(comparison)].at(-1);
  return new RegExp(`\\b${name}\\s*(:[^=,()]*)?=\\s*(None|0|-1)\\s*[,)]`).test(root?.text ?? '');
}

const telling =
  /^(debug|info|warn(ing)?|error|critical|exception|log\w*|_?\w*log|print|set|inc|observe|gauge|labels|format|qsize|len)$/;
