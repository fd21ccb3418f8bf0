import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName } from './calls';
import type { Declarations } from './declarations';
import { callbackCalls, messageTypes, settling } from './names';
import { sourceOf, type Source } from './sources';
import { after, running } from './turn';

/** Gate A for Go: loops that receive, callbacks that a library runs per message, and functions called from either. */
export function growthOf(place: Node, file: Declarations): Growth | null {
  return repetition(place, file, []) ?? calledOncePerItem(place, file);
}

/** Looks outward from the place for code that runs once for each item, not further than the function it stands in. */
function repetition(place: Node, file: Declarations, inner: readonly Turn[]): Growth | null {
  for (const outer of ancestorsOf(place)) {
    const turn = { place, repeated: outer };
    if (outer.type === 'for_statement') {
      const source = sourceOf(turn, file);
      if (source) return growth(source, [...inner, turn], loopText(outer, source));
    }
    if (outer.type === 'func_literal' && !runsAtOnce(outer)) {
      const source = callbackSource(outer, file);
      return (
        source &&
        growth(
          source,
          [...inner, turn],
          `${source.text} runs the function on line ${lineOf(outer)} for each ${source.unit}`,
        )
      );
    }
    if (/^(function|method)_declaration$/.test(outer.type)) return null;
  }
  return null;
}

/** One level up: the function around the place takes a message, is a callback, or is called from such a loop. */
function calledOncePerItem(place: Node, file: Declarations): Growth | null {
  const around = file.functionAround(place);
  if (!around || insideLiteral(place, around.node) || takesFunction(around.node)) return null;
  const turn = { place, repeated: around.node };
  const calledAs = `\`${around.name}\` (line ${lineOf(around.node)})`;
  for (const use of file.usesOf(around)) {
    const call = use.parent?.type === 'call_expression' ? use.parent : null;
    if (call?.childForFieldName('function')?.id === use.id) {
      const found = /^(go|defer)_statement$/.test(call.parent?.type ?? '') ? null : repetition(call, file, [turn]);
      if (found && found.unit !== 'value')
        return { ...found, evidence: [...found.evidence, `${calledAs} is called for it on line ${lineOf(call)}`] };
    } else if (use.parent?.type === 'argument_list') {
      const source = callbackSource(use, file);
      if (source)
        return growth(source, [turn], `${source.text} on line ${lineOf(use)} runs ${calledAs} for each ${source.unit}`);
    }
  }
  const taken = around.node
    .childForFieldName('parameters')
    ?.descendantsOfType('parameter_declaration')
    .map((parameter) => parameter.childForFieldName('type')?.text ?? '')
    .find((type) => messageTypes.test(type));
  if (taken === undefined) return null;
  return growth(
    { unit: 'message', text: taken, external: true },
    [turn],
    `${calledAs} takes one \`${taken}\`: it runs for each`,
  );
}

function growth(source: Source, turns: Turn[], step: string): Growth {
  const outermost = turns.at(-1);
  const settled = source.external && outermost ? running(after(outermost), 'call_expression') : [];
  const early = settled.find((call) => settling.test(calleeName(call)));
  return {
    unit: source.unit,
    source: source.text,
    evidence: [step],
    turns,
    settledEarly: early ? `\`${oneLine(early)}\` on line ${lineOf(early)} does not wait for it` : null,
  };
}

const loopText = (loop: Node, source: Source) =>
  `the loop on line ${lineOf(loop)} turns once for each ${source.unit} from \`${source.text}\``;

/** `func() { … }()`: it runs where it stands. */
function runsAtOnce(literal: Node): boolean {
  const call = literal.parent;
  return (
    call?.type === 'call_expression' &&
    call.childForFieldName('function')?.id === literal.id &&
    !/^(go|defer)_statement$/.test(call.parent?.type ?? '')
  );
}

/** The library call that a function is handed to, if it runs it for each message. */
function callbackSource(handler: Node, file: Declarations): Source | null {
  const call = handler.parent?.type === 'argument_list' ? handler.parent.parent : null;
  if (call?.type !== 'call_expression') return null;
  const name = calleeName(call);
  const library = Object.hasOwn(callbackCalls, name) ? callbackCalls[name] : undefined;
  if (!library || !file.importsAny(library)) return null;
  return { unit: 'message', text: `${name}(${argumentsOf(call).length > 1 ? '…' : ''})`, external: true };
}

/** `startGoRoutine(f func())`: a helper, whose callers decide how often. */
const takesFunction = (declaration: Node) =>
  (declaration.childForFieldName('parameters')?.descendantsOfType('function_type').length ?? 0) > 0;

const insideLiteral = (place: Node, around: Node) => {
  for (const outer of ancestorsOf(place)) {
    if (outer.id === around.id) return false;
    if (outer.type === 'func_literal' && !runsAtOnce(outer)) return true;
  }
  return false;
};
