import type { Node } from 'web-tree-sitter';
import type { Growth, GrowthKind, Turn } from '../../rule';
import { ancestorsOf, lineOf, placeOf } from '../../syntax';
import { calleeName, callAround, receiverText } from './calls';
import { consumerOf } from './consumers';
import { fanoutOf } from './fanout';
import { isFunction, type CsharpFile } from './file';
import * as names from './names';
import { queueOf } from './queues';
import { handlerSource, loopSource, methodSource, type Source } from './sources';
import { isStarter, startsTask } from './starts';
import { after, running } from './turn';

/** Gate A for C#: loops that receive, functions that a library runs per message, and functions called from either. */
export function growthOf(place: Node, kind: GrowthKind, file: CsharpFile): Growth | null {
  if (kind === 'consumer') return consumerOf(place, file);
  if (kind === 'fanout') return fanoutOf(place, file);
  if (kind === 'queue') return queueOf(place, file, (node) => perItem(node, file, false));
  if (kind !== 'task' || !startsTask(place, file)) return null;
  if (place.type !== 'lambda_expression') return perItem(place, file, true);
  const source = handlerSource(place, file);
  if (!source) return null;
  const step = `\`${source.text}\` does not wait for the asynchronous function on line ${lineOf(place)}`;
  return growth(source, [{ place, repeated: place }], step);
}

/**
 * Does the place run once for each item that arrives?
 * @param atOnce not so when something is started around it, which is judged where it stands
 */
const perItem = (place: Node, file: CsharpFile, atOnce: boolean): Growth | null =>
  repetition(place, file, [], atOnce) ?? calledOncePerItem(place, file, atOnce);

/** Looks outward from the place for code that runs once for each item, not further than the method it stands in. */
function repetition(place: Node, file: CsharpFile, inner: readonly Turn[], atOnce: boolean): Growth | null {
  for (const outer of ancestorsOf(place)) {
    const turns = [...inner, { place, repeated: outer }];
    if (/^(while|for|foreach|do)_statement$/.test(outer.type)) {
      const source = loopSource({ place, repeated: outer }, file);
      const turned = `the loop on line ${lineOf(outer)} turns once for each`;
      if (source) return growth(source, turns, `${turned} ${source.unit} from \`${source.text}\``);
    }
    if (atOnce && outer.type === 'invocation_expression' && isStarter(calleeName(outer), receiverText(outer)))
      return null;
    if (!isFunction(outer)) continue;
    const isMethod = outer.type === 'method_declaration';
    const source = isMethod ? methodSource(outer, file) : handlerSource(outer, file);
    const runs = `runs the function on line ${lineOf(outer)} for each`;
    if (source) return growth(source, turns, `\`${source.text}\` ${runs} ${source.unit}`);
    if (isMethod || outer.type === 'constructor_declaration' || outer.type === 'local_function_statement') return null;
  }
  return null;
}

/** One level up: the function around the place is called or handed on where something repeats. */
function calledOncePerItem(place: Node, file: CsharpFile, atOnce: boolean): Growth | null {
  const around = file.functionAround(place);
  if (!around || around.name === '' || insideHandler(place, around.node, atOnce)) return null;
  const turn = { place, repeated: around.node };
  const calledAs = `\`${around.name}\` (line ${lineOf(around.node)})`;
  for (const use of file.usesOf(around)) {
    const call = use.parent?.type === 'invocation_expression' ? use.parent : null;
    if (call?.childForFieldName('function')?.id === use.id) {
      const found = atOnce && startsTask(call, file) ? null : repetition(call, file, [turn], atOnce);
      if (found)
        return { ...found, evidence: [...found.evidence, `${calledAs} is called for it on line ${lineOf(call)}`] };
    } else {
      const source = handlerSource(use, file);
      if (source) return growth(source, [turn], `\`${source.text}\` runs ${calledAs} for each ${source.unit}`);
    }
  }
  return null;
}

/** Is the place in a function that is kept or handed on, rather than run where it stands (or started there, unless `atOnce`)? */
function insideHandler(place: Node, around: Node, atOnce: boolean): boolean {
  for (const outer of ancestorsOf(place)) {
    if (outer.id === around.id) return false;
    if (outer.type === 'lambda_expression' && (callAround(outer) === null || (atOnce && isStarterAround(outer))))
      return true;
  }
  return false;
}

const isStarterAround = (lambda: Node) => {
  const call = callAround(lambda);
  return call !== null && isStarter(calleeName(call), receiverText(call));
};

function growth(source: Source, turns: Turn[], step: string): Growth {
  const outermost = turns.at(-1);
  const settled = outermost && source.unit === 'message' ? running(after(outermost), 'invocation_expression') : [];
  const early = settled.find((call) => names.settling.test(calleeName(call)));
  const told = early ? `${placeOf(early)} does not wait for it` : null;
  return {
    unit: source.unit,
    source: source.text,
    evidence: [step],
    turns,
    settledEarly: told ?? source.settled ?? null,
  };
}
