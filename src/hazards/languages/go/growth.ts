import type { Node } from 'web-tree-sitter';
import { climb, type Climbed, type Climbing } from '../../across/climb';
import type { Handed, Region } from '../../across/reach';
import type { Growth, Turn } from '../../rule';
import { ancestorsOf, lineOf, placeOf, textIn } from '../../syntax';
import { argumentsOf, calleeName, waitsForEnd } from './calls';
import type { Declarations, DeclaredFunction } from './declarations';
import { madeOf, mentionsAny } from './arrivals/derived';
import { dispatchOf } from './arrivals/dispatch';
import { asksItself, parametersOf } from './arrivals/items';
import { callbackCalls, handing, messageTypes, settling } from './names';
import { sourceOf, type Source } from './arrivals/sources';
import { after, running } from './turn';
import { overflowOf } from './starts/overflow';
import { turningOf } from './arrivals/turning';

/** Gate A for Go: loops that receive, callbacks that a library runs per message, and functions called from either. */
export function growthOf(place: Node, file: Declarations): Growth | null {
  const own = repetition(place, file, []);
  if (own) return own;
  const found = climb(place, climbing(file));
  if (found && !found.open) return found;
  // What a helper starts is up to those who call it.
  const climbed = isHelper(place, file) ? null : found;
  const dispatched = overflowOf(place, file) ?? turningOf(place, file) ?? dispatchOf(place, file);
  const open = climbed && dispatched ? { ...climbed, meanwhile: dispatched } : climbed;
  return takesItem(place, file) ?? open ?? dispatched;
}

/** Looks outward from the place for code that runs once for each item, not further than the function it stands in. */
export function repetition(place: Node, file: Declarations, inner: readonly Turn[]): Growth | null {
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

/** The function around the place takes a message: it runs for each. */
function takesItem(place: Node, file: Declarations): Growth | null {
  const around = calledFunction(place, file);
  const types = around?.node.childForFieldName('parameters')?.descendantsOfType('parameter_declaration') ?? [];
  const [taken] = types.flatMap((each) => {
    const text = textIn(each, 'type');
    const unit = itemUnit(text);
    return unit === null ? [] : [{ unit, text, external: true }];
  });
  if (!around || !taken) return null;
  const { unit } = taken;
  // What waits for the end of a request is as long there as the handler.
  if (unit === 'request' && (asksItself(around.node) || waitsForEnd(place))) return null;
  const step = `\`${around.name}\` (line ${lineOf(around.node)}) takes one \`${taken.text}\`: it runs for each`;
  const found = growth(taken, [{ place, repeated: around.node }], step);
  // What is started without anything of the request may be there once.
  const aside = unit === 'request' && place.type === 'go_statement' && !mentionsAny(place, handedTo(around, place));
  return aside ? { ...found, doubt: `whether each call of \`${around.name}\` comes to this` } : found;
}

const handedTo = ({ node }: DeclaredFunction, place: Node) =>
  madeOf(
    parametersOf(node).map(({ name }) => name),
    node,
    place,
  );

const itemUnit = (type: string): 'message' | 'request' | null =>
  messageTypes.test(type) ? 'message' : type === '*http.Request' ? 'request' : null;

/** The declared function whose call runs the place, if how often is not up to what it is given. */
function calledFunction(place: Node, file: Declarations): DeclaredFunction | null {
  const around = file.functionAround(place);
  return !around || insideLiteral(place) || takesFunction(around.node) ? null : around;
}

const climbing = (file: Declarations): Climbing => ({
  around: (place) => climbedOf(isHelper(place, file) ? file.functionAround(place) : calledFunction(place, file)),
  usesOf: ({ node }) => file.functions.filter((each) => each.node.id === node.id).flatMap((each) => file.usesOf(each)),
  callOf: (use) => (use.parent?.childForFieldName('function')?.id === use.id ? use.parent : null),
  isStarted,
  repetition: (call, inner) => {
    const found = repetition(call, file, inner);
    return found && found.unit !== 'value' ? found : null;
  },
  handed: (use, around, turns) => {
    const source = callbackSource(use, file);
    const calledAs = `\`${around.name}\` (line ${lineOf(around.node)})`;
    return (
      source && growth(source, turns, `${source.text} on line ${lineOf(use)} runs ${calledAs} for each ${source.unit}`)
    );
  },
});

/** `go handle(m)`: judged where it stands. */
export const isStarted = (call: Node) => /^(go|defer)_statement$/.test(call.parent?.type ?? '');

/** A function as callers in other files know it. */
export const climbedOf = (declared: DeclaredFunction | null): Climbed | null =>
  declared && { node: declared.node, name: declared.name, owner: declared.receiverType };

/** Loops, and functions that a library is handed or that take a message, which run once for each item. */
export function regionsIn(file: Declarations, handed: readonly Handed[]): Region[] {
  const loops = file.walked.of('for_statement').map((node): Region => ({ node, growth: null }));
  const literals = file.walked
    .of('func_literal')
    .filter((node) => callbackSource(node, file) !== null)
    .map((node): Region => ({ node, growth: null }));
  const named = handed.flatMap(({ use, growth: found }): Region[] => {
    const node = file.functionMeant(use)?.node;
    return node ? [{ node, growth: found }] : [];
  });
  const taking = file.functions.flatMap(({ node }): Region[] => {
    const body = node.childForFieldName('body');
    const found = body ? takesItem(body, file) : null;
    return found?.unit === 'message' ? [{ node, growth: found }] : [];
  });
  return [...loops, ...literals, ...named, ...taking];
}

/** Functions, by name, that a library is handed to run once for each item. */
export function handedIn(file: Declarations): Handed[] {
  if (!handing.test(file.text)) return [];
  return file.root.descendantsOfType('call_expression').flatMap((call) => {
    if (!Object.hasOwn(callbackCalls, calleeName(call))) return [];
    return argumentsOf(call)
      .filter(({ type }) => type === 'identifier' || type === 'selector_expression')
      .flatMap((use) => {
        const source = callbackSource(use, file);
        const step = source && `${source.text} on line ${lineOf(use)} runs \`${use.text}\` for each ${source.unit}`;
        return source ? [{ use, growth: growth(source, [], step ?? '') }] : [];
      });
  });
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
    settledEarly: early ? `${placeOf(early)} does not wait for it` : null,
  };
}

const loopText = (loop: Node, source: Source) =>
  `the loop on line ${lineOf(loop)} turns once for each ${source.unit} from \`${source.text}\``;

/** `func() { … }()`: it runs where it stands. */
function runsAtOnce(literal: Node): boolean {
  const call = literal.parent;
  return call?.type === 'call_expression' && !isStarted(call);
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

/** `go f()` in a function that is handed `f`. */
function isHelper(place: Node, file: Declarations): boolean {
  const around = place.type === 'go_statement' ? file.functionAround(place) : null;
  return around !== null && takesFunction(around.node) && !insideLiteral(place);
}

const insideLiteral = (place: Node) =>
  [...ancestorsOf(place)].some((outer) => outer.type === 'func_literal' && !runsAtOnce(outer));
