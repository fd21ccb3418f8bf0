import type { Node } from 'web-tree-sitter';
import type { Growth, GrowthKind, Turn } from '../../rule';
import { ancestorsOf, lineOf, oneLine, textIn } from '../../syntax';
import { callAround, calleeName, type Called } from './calls';
import { consumerOf } from './consumers';
import { fanoutOf } from './fanout';
import { isTest, type RustFile } from './file';
import * as names from './names';
import { queueOf } from './queues';
import { fedBy, handlerSource, loopSource, type Source } from './sources';
import { startsTask } from './starts';
import { after, callsIn } from './turn';

/** Gate A for Rust: loops that receive, functions that a library runs per message, and functions called from either. */
export function growthOf(place: Node, kind: GrowthKind, file: RustFile): Growth | null {
  if (isTest(place)) return null;
  if (kind === 'consumer') return consumerOf(place, file);
  if (kind === 'fanout') return fanoutOf(place, file, (node) => perItem(node, file, true));
  if (kind === 'queue') return queueOf(place, file, (node) => perItem(node, file, false));
  return kind === 'task' && startsTask(place, file) ? perItem(place, file, true) : null;
}

/**
 * Does the place run once for each item that arrives?
 * @param atOnce not so when something is started around it, which is judged where it stands
 */
const perItem = (place: Node, file: RustFile, atOnce: boolean): Growth | null =>
  repetition(place, file, [], atOnce) ?? calledOncePerItem(place, file, atOnce);

/** Looks outward from the place for code that runs once for each item, not further than the function it stands in. */
function repetition(place: Node, file: RustFile, inner: readonly Turn[], atOnce: boolean): Growth | null {
  for (const outer of ancestorsOf(place)) {
    const turns = [...inner, { place, repeated: outer }];
    if (/^(loop|while|for)_expression$/.test(outer.type)) {
      const source = loopSource({ place, repeated: outer }, file);
      const step =
        source && `the loop on line ${lineOf(outer)} turns once for each ${source.unit} from \`${source.text}\``;
      if (source) return growth(source, turns, step ?? '');
    }
    if (atOnce && outer.type === 'call_expression' && names.spawning.test(calleeName(outer))) return null;
    if (outer.type === 'closure_expression') {
      const source = handlerSource(outer, file);
      const step = source && `\`${source.text}\` runs the closure on line ${lineOf(outer)} for each ${source.unit}`;
      if (source) return growth(source, turns, step ?? '');
    }
    if (outer.type === 'function_item') return fromDefinition(outer, turns, file);
  }
  return null;
}

/** One level up: the function around the place is called where something repeats. */
function calledOncePerItem(place: Node, file: RustFile, atOnce: boolean): Growth | null {
  const around = file.functionAround(place);
  if (!around || (atOnce && insideStarted(place))) return null;
  const turn = { place, repeated: around.node };
  for (const call of file.callsOf(around)) {
    if (isTest(call) || file.functionAround(call)?.node.id === around.node.id) continue;
    const found = repetition(call, file, [turn], atOnce);
    if (!found) continue;
    const step = `\`${around.name}\` (line ${lineOf(around.node)}) is called for it on line ${lineOf(call)}`;
    return { ...found, evidence: [...found.evidence, step] };
  }
  return null;
}

/** Is the place in code that was started apart from its function? */
const insideStarted = (place: Node) =>
  [...ancestorsOf(place)].some(
    (outer) =>
      /^(async_block|closure_expression)$/.test(outer.type) && names.spawning.test(nameOfCallAround(outer) ?? ''),
  );

const nameOfCallAround = (node: Node) => {
  const call = callAround(node);
  return call && calleeName(call);
};

function fromDefinition(definition: Node, turns: Turn[], file: RustFile): Growth | null {
  const source = fedBy(definition, file);
  const name = textIn(definition, 'name');
  return source && growth(source, turns, `\`${name}\` (line ${lineOf(definition)}) is run for each ${source.unit}`);
}

function growth(source: Source, turns: Turn[], step: string): Growth {
  const outermost = turns.at(-1);
  const settled = outermost && source.unit === 'message' ? callsIn(after(outermost)) : [];
  const early = settled.find((call: Called) => names.settling.test(call.name));
  return {
    unit: source.unit,
    source: source.text,
    evidence: [step],
    turns,
    settledEarly: early ? `\`${oneLine(early.node)}\` on line ${lineOf(early.node)} does not wait for it` : null,
  };
}
