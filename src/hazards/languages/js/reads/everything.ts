import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth, Words } from '../../../rule';
import { lineOf, oneLine } from '../../../syntax';
import { anyOf } from '../../../words';
import { calleeName, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';
import { facts } from './everythingFacts';

/** A call that its library documents to bring all there is. */
export interface Fact {
  /** Methods or functions of these names. */
  names: readonly string[];
  /** Words of a file that may call them. */
  words: Words;
  /** Modules of which one is imported; absent: the call shows by itself what it is. */
  from?: RegExp;
  /** What else has to hold of the call. */
  isMeant?: (call: Node, file: SourceFile) => boolean;
  /** What it does, and what would limit it. */
  brings: string;
  doubt: string;
}

/** All names that such calls have. */
export const namesOfAll: readonly string[] = [...new Set(facts.flatMap(({ names }) => names))];

/** Words of a file that may call one of these. */
export const mayBringEverything: Words = anyOf(...facts.map(({ words }) => words));

/** What a call brings by the documents of its library: everything, unless it is told a limit. */
export function everything(call: Node, file: SourceFile): Growth | null {
  const name = calleeName(call);
  const fact = facts.find(
    ({ names, from, isMeant }) =>
      names.includes(name) && (!from || file.importsAny(from)) && (isMeant?.(call, file) ?? true),
  );
  const around = fact ? knownAround(call, file, (known) => known !== '') : null;
  if (!fact || !around || runsSeldom(around.name)) return null;
  return {
    unit: 'call',
    source: oneLine(call),
    evidence: [`\`${oneLine(call.childForFieldName('function') ?? call)}\` on line ${lineOf(call)} ${fact.brings}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
    doubt: fact.doubt,
  };
}
