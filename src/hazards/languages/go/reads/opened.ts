import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf, textIn } from '../../../syntax';
import { argumentsOf, closestFunction, parameterOfType } from '../calls';
import type { Declarations, DeclaredFunction } from '../declarations';
import { asking } from './asking';
import { isBuffer, readWhole } from './bodies';

/** What is opened, and what it brings. The first that fits counts. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/\.CreateFormFile\(/, 'the whole file before it is sent'],
  [/\.(?:Next(?:Raw)?Part|FormFile)\(|\bmultipart\.(?:Part|File|FileHeader)\b/, 'all of an upload'],
  [/\btar\.(?:New)?Reader\b|\bzip\.(?:NewReader|OpenReader|File)\b/, 'whole entries of an archive'],
  [/\.(?:GetObject\w*|DownloadStream|NewRangeReader)\(|\.Object\([^\n]*\.NewReader\(/, 'the whole object of a store'],
];

/** Files in which something is opened, or an answer read. Asked before parsing. */
export const openedIn = (text: string): boolean =>
  openings.some(([opening]) => opening.test(text)) || /(?:ReadAll|ReadFrom)\(\w+\.Body\)/.test(text);

/** What the program or somebody for it has written, and what goes no farther than a message about it. */
const small =
  /^test|config|template|manifest|meta|marker|cert|token|secret|version|status|health|schema|err|index|license|key$/i;

/** A read of all that is in what was opened: an upload, an archive, an object, the answer of any address. */
export function openedOf(call: Node, file: Declarations): Growth | null {
  const around = closestFunction(call);
  const declared = file.functionAround(call);
  const read = readWhole(call) ?? sentWhole(call, file);
  if (!read || !around || !declared || small.test(declared.name)) return null;
  const found = openings.find(([opening]) => opening.test(originOf(read, file)))?.[1];
  if (found === undefined && !ofAnyAddress(read, declared, file)) return null;
  const what = found ?? 'the whole answer of any address';
  return asking(call, 'call', `${placeOf(call)} holds ${what}`, 'how large that may be');
}

/** The part of a form that a file is copied into, where the form is made in memory. */
function sentWhole(call: Node, file: Declarations): Node | null {
  const [into, from] = argumentsOf(call);
  if (textIn(call, 'function') !== 'io.Copy' || !into || !from) return null;
  const form = /\bmultipart\.NewWriter\((&?[\w.]+)\)/.exec(originOf(into, file))?.[1];
  if (form === undefined || /\b(?:bytes|strings)\.(?:New|Reader)/.test(originOf(from, file))) return null;
  return isBuffer(form, call) ? into : null;
}

/** What asks anybody, as it is told. */
const asksAnybody =
  /[cC]rawl|[sS]crap|[fF]etch|[dD]ownload|[pP]roxy|MITM|mitm|[hH]ijack|[fF]eed|(?:^| )HTTP(?!Client|Transport)/;

/** An address that stands in a variable, or a request that somebody else has made. */
const asked =
  /\.(?:Get|Post|PostForm|Head)\((?:ctx, )?(\w+)[,)]|NewRequest(?:WithContext)?\([^\n]*, (\w+)(?:\.String\(\))?, [^\n,]*\)|\.Do\((\w+)\)/;

/** Is it the body of an answer, and others say whose? A method of a client asks the one service that it is made for. */
function ofAnyAddress(read: Node, { node, name, receiverType }: DeclaredFunction, file: Declarations): boolean {
  const answer = /^(\w+)\.Body$/.exec(read.text)?.[1];
  const around = closestFunction(read);
  if (
    answer === undefined ||
    !around ||
    /\b(?:Unmarshal|Decode)\(|[sS]tatusCode(?:\/100)? (?:!=|[<>]=?)/.test(node.text)
  )
    return false;
  const isTold = asksAnybody.test(`${/^package (\w+)/m.exec(file.text)?.[1] ?? ''} ${receiverType ?? ''} ${name}`);
  const isHanded = parameterOfType(around, /^\*http\.Response$/) === answer;
  if (isHanded || receiverType !== null) return isTold && (isHanded || asked.test(node.text));
  const [, ...given] = asked.exec(node.text) ?? [];
  const parameters = textIn(node, 'parameters');
  return given.some((each) => each && new RegExp(`\\b${each}\\b`).test(parameters));
}

/** So many variables at most lie between what is opened and where it is read. */
const mostSteps = 4;

/** The text of an expression, of what the variables in it were set to before, and of their types. */
export function originOf(read: Node, file: Declarations): string {
  const around = closestFunction(read);
  const before = around?.text.slice(0, read.startIndex - around.startIndex) ?? '';
  let origin = read.text;
  let last = origin;
  for (let step = 0; step < mostSteps; step++) {
    const [name = '', first = ''] = /^(?:[&*]|[\w.]*\(|range )*(\w+)(?:\.\w+)*/.exec(last) ?? [];
    const set = [...before.matchAll(new RegExp(`\\b${first}(?:, \\w+)* :?= ([^\\n]*)`, 'g'))].at(-1)?.[1];
    const type = new RegExp(`[(,] ?${first}(?:, \\w+)* (\\*?[\\w.]+)`).exec(before)?.[1];
    const next = set ?? type ?? file.typeOf(/\w+$/.exec(name)?.[0] ?? '');
    if (first === '' || next === null || origin.includes(next)) break;
    origin += `\n${next}`;
    last = next;
  }
  return origin;
}
