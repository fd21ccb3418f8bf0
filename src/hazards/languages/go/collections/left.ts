import { awaitsAnswer } from '../../../longLived';
import { allOf, naming, oncePerText } from '../../../words';
import { methodAround, putAt, type Put } from './puts';

/** Ways out of a select on which nobody waits for the answer any more. */
const givingUp = /\n(\t+)case <-\s*(?:[\w.]*\bDone\(\)|time\.After\(.*\)|\w*[tT]ime(?:r|out)\w*(?:\.C)?):\n/g;

/** Takes an entry out, or asks somebody to. */
const taking = /\b\w*(?:[dD]elete|[rR]emove|[fF]orget|[uU]nregister|[cC]lean|[cC]lear|[pP]op|[cC]ancel|[dD]rop)\w*\(/;
const takingAtTheEnd = new RegExp(`\\bdefer (?:func\\(\\) \\{[^}]*)?[^\\n]*${taking.source}`);

/** Words of a text in which an answer is waited for, and an entry is taken out. */
const waits = allOf(naming('<-'), naming('delete('), naming('case <-'));

/** What a text puts into maps until an answer comes for which the same function waits, and leaves there when none does. */
export const leftIn = oncePerText(findLeft);

function findLeft(text: string): Put[] {
  if (!waits.test(text)) return [];
  return [...text.matchAll(/\](?= = \w[\w.]*\s*(?:\n|\/\/))/g)].flatMap(({ index }) => {
    const put = putAt(text, index, ']');
    const method = put && methodAround(text, index);
    if (!method || !new RegExp(`\\bdelete\\([\\w.]*\\b${put.field}\\b`).test(text)) return [];
    const after = text.slice(index, text.indexOf('\n}\n', index));
    // A session or link is taken out at its end, whether or not this waits for one of its channels.
    const end = awaitsAnswer(put.field) ? '\\b' : '(?![\\w.])';
    const isAwaited = new RegExp(`<-\\s*${/^[\w.]+/.exec(put.value)?.[0] ?? ''}${end}`).test(after);
    return isAwaited && isLeftOn(after) && !takingAtTheEnd.test(method.before + after)
      ? [{ ...put, index, method }]
      : [];
  });
}

function isLeftOn(after: string): boolean {
  const first = after.search(givingUp);
  if (first < 0 || taking.test(after.slice(0, first))) return false;
  return [...after.matchAll(givingUp)].some(({ 0: head, 1: indent = '', index }) => {
    const rest = after.slice(index + head.length);
    const way = rest.slice(0, new RegExp(`\\n${indent}(?:case |default:|\\})`).exec(rest)?.index);
    return /\breturn\b/.test(way) && !taking.test(way);
  });
}
