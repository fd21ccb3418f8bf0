import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf } from '../../../syntax';
import { argumentsOf, calleeName } from '../calls';
import type { Declarations } from '../declarations';
import { asking } from './asking';

/** Calls that give a number of up to four gigabytes, or more. */
const wide =
  /\b(?:Uint(?:32|64)|ReadU?[iI]nt(?:32|64)|readU?[iI]nt(?:32|64)|(?:Read)?U?[vV]arint|ParseU?[iI]nt|Atoi)\(/;

const made = /\bmake\(\[\]byte, ((?:u?int(?:32|64)?\()?(\w+)[^,\n]*)\)[ \t]*(?:\n|\/\/)/g;

/** Does a text make room of a size that it has read, and nothing compares the size before? Asked before parsing. */
export const announcedIn = (text: string): boolean =>
  text.includes('make([]byte, ') &&
  (wide.test(text) || text.includes('binary.Read(')) &&
  [...text.matchAll(made)].some(({ 1: size = '', index }) => {
    const start = text.lastIndexOf('\nfunc ', index);
    const end = text.indexOf('\n}\n', index);
    return isAnnounced(size, text.slice(start, index), text.slice(index, end < 0 ? undefined : end));
  });

/** Room for as many bytes as a peer says will come. */
export function announcedOf(call: Node, file: Declarations): Growth | null {
  const [type, size, more] = argumentsOf(call);
  const around = file.functionAround(call)?.node;
  if (calleeName(call) !== 'make' || type?.text !== '[]byte' || !size || more || !around) return null;
  const at = call.startIndex - around.startIndex;
  if (!isAnnounced(size.text, around.text.slice(0, at), around.text.slice(at))) return null;
  return asking(
    call,
    'chunk',
    `${placeOf(call)} makes as much room as what was read before announces, up to gigabytes for a few bytes, and nothing compares it with a largest size`,
    'whether somebody else sends it',
  );
}

function isAnnounced(size: string, before: string, after: string): boolean {
  const name = /^(?:u?int(?:32|64)?\()?(\w+)/.exec(size)?.[1] ?? '';
  // What is read from a file of the program's own was written by it.
  if (
    !/\.Read\(|\bReadFull\(|\bReadAtLeast\(/.test(after) ||
    /\*os\.File\b|\bos\.Open|\.ReadAt\(|\bsnapshot\b/.test(before + after)
  )
    return false;
  if (wide.test(size)) return true;
  const [read] =
    new RegExp(`\\b${name}(?:, \\w+)? :?= [^\\n]*|\\bbinary\\.Read\\([^\\n]*&${name}\\)`, 'g').exec(before) ?? [];
  if (/^\d/.test(name) || read === undefined || !(wide.test(read) || read.startsWith('binary.Read'))) return false;
  // 64 kB at most, and so many bits of it.
  if (new RegExp(`\\b${name}(?:, \\w+)* (?:u?int(?:8|16)|byte)\\b|\\b${name} &= `).test(before)) return false;
  // `size < 0` says nothing of how large it may be.
  const compared = new RegExp(
    `\\b${name}\\)? *(?:>=? *(?!0\\b|-1\\b)[\\w(]|!=|==)|[^<]<=? *(?:\\w+\\()?${name}\\b|\\bmin\\(`,
  );
  return !compared.test(before);
}
