import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf, placeOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName } from '../calls';
import type { Declarations } from '../declarations';
import { asking } from './asking';

/** Calls of Redis that bring all there is of a list or under a pattern. Of sets and hashes most are as large as the program made them. */
const everything = /^(Keys|LRange|ZRange|ZRevRange|ZRangeWithScores|XRange)$/;

/** From the first to the last. */
const wholeRange = /\b0, -1\b|"-", "\+"/;

/** All that a command tells, or that a store has under one name. */
export const collectedOf = (call: Node, file: Declarations): Growth | null =>
  outputOf(call, file) ?? streamOf(call, file) ?? storedOf(call, file);

/** A stream of Redis. */
function streamOf(place: Node, file: Declarations): Growth | null {
  if (place.type !== 'composite_literal' || !file.importsAny(/redis/)) return null;
  const asked = textIn(place, 'type');
  return asking(place, 'message', `\`${asked}\` on line ${lineOf(place)} asks for all entries that wait`);
}

function storedOf(call: Node, file: Declarations): Growth | null {
  const name = calleeName(call);
  const given = argumentsOf(call)
    .map(({ text }) => text)
    .join(', ');
  if (
    !everything.test(name) ||
    !file.importsAny(/redis|valkey|rueidis/) ||
    (name.includes('Range') && !wholeRange.test(given))
  )
    return null;
  return asking(
    call,
    'element',
    `${placeOf(call)} brings all that is there in one answer, as \`${name}\` has no limit`,
    'how much is put there',
  );
}

/** What a shell runs is told from outside, and so is how much it prints. */
function outputOf(call: Node, file: Declarations): Growth | null {
  if (!/^(Output|CombinedOutput)$/.test(calleeName(call)) || argumentsOf(call).length > 0) return null;
  const command = call.childForFieldName('function')?.childForFieldName('operand')?.text ?? '';
  const around = file.functionAround(call)?.node.text ?? '';
  const made = /^\w+$/.test(command)
    ? new RegExp(`\\b${command} :?= (exec\\.Command[^\\n]*)`).exec(around)?.[1]
    : command;
  if (made === undefined || !toldToShell.test(made)) return null;
  return asking(
    call,
    'call',
    `${placeOf(call)} keeps all that the command prints in memory`,
    'which commands are told',
  );
}

/** `exec.Command("sh", "-c", command)` */
const toldToShell = /exec\.Command(?:Context)?\([^"\n]*"[^"\n]*(?:sh|cmd(?:\.exe)?)", "[-/][cC]", (?!["`])/;
