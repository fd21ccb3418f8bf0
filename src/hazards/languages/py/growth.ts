import type { Node } from 'web-tree-sitter';
import type { Growth, GrowthKind, Turn } from '../../rule';
import { ancestorsOf, lineOf, oneLine, placeOf, textIn } from '../../syntax';
import { consumerOf } from './consumers';
import { dispatchOf } from './arrivals/dispatch';
import { fanoutOf } from './starts/fanout';
import { climb, surest, type Climbed, type Climbing } from '../../across/climb';
import type { Handed, Region } from '../../across/reach';
import {
  argumentsOf,
  calleeName,
  loopTypes,
  positional,
  receiverText,
  type DeclaredFunction,
  type PythonFile,
} from './file';
import * as names from './names';
import { startedPerhaps, workOf } from './arrivals/perhaps';
import { poolFilled, poolGivenAway } from './starts/pools';
import { queueOf } from './queues/queues';
import { loopSource, type Source } from './arrivals/sources';
import { isLeftToPool, isProducer, startsTask } from './starts/starts';
import { threadPerConnection } from './starts/threaded';
import { after, running } from './turn';
import { isHelper, usesOf } from './arrivals/uses';

/** Gate A for Python: loops that receive, functions that a library runs per message, and functions called from either. */
export function growthOf(place: Node, kind: GrowthKind, file: PythonFile): Growth | null {
  if (kind === 'consumer') return consumerOf(place, file);
  if (kind === 'fanout') return fanoutOf(place, file);
  if (kind === 'queue') return queueOf(place, file, (node) => perItem(node, file, true));
  if (kind === 'task') return startsTask(place, file) ? startedOf(place, file) : threadPerConnection(place, file);
  if (kind === 'executor')
    return startsTask(place, file) || isLeftToPool(place)
      ? startedOf(place, file)
      : (poolGivenAway(place, file) ?? poolFilled(place, file, (submit) => isTold(submit, file)));
  return kind === 'publish' && isProducer(place, file) ? perItem(place, file) : null;
}

/** Is the start told of where it stands, whatever other files show? */
function isTold(start: Node, file: PythonFile): boolean {
  const growth = startsTask(start, file) ? startedOf(start, file) : null;
  return growth !== null && (!growth.open || growth.meanwhile !== undefined);
}

/** Does the place run once for each item that arrives? */
export const perItem = (place: Node, file: PythonFile, throughStarts = false): Growth | null =>
  surest(repetition(place, file, []), () => climb(place, climbing(file), throughStarts));

/** What happens to a connection or a job once, though a message asks for it. */
const ofConnection = /(^|_)(re|dis)?connect$|terminat|shut_?down|log_?(in|out)$|hand_?shake/i;

/** A task for each item that arrives; or, with a doubt, for what the function around it is handed. */
function startedOf(place: Node, file: PythonFile): Growth | null {
  const found = perItem(place, file);
  const growth = found && ofConnection.test(workOf(place)) ? { ...found, doubt: 'how often that is asked for' } : found;
  if (growth && !growth.open) return growth;
  const dispatched = dispatchOf(place, file) ?? (growth && !growth.open ? null : startedPerhaps(place, file));
  // What bounds some of the callers does not bound what the others hand it.
  return growth && dispatched ? { ...growth, turns: dispatched.turns, meanwhile: dispatched } : (growth ?? dispatched);
}

/** Looks outward from the place for code that runs once for each item, not further than the function it stands in. */
export function repetition(place: Node, file: PythonFile, inner: readonly Turn[]): Growth | null {
  for (const outer of ancestorsOf(place)) {
    const turn = { place, repeated: outer };
    if (outer.type === 'for_statement' || outer.type === 'while_statement') {
      const source = loopSource(turn, inner, file);
      const step =
        source && `the loop on line ${lineOf(outer)} turns once for each ${source.unit} from \`${source.text}\``;
      if (source) return growth(source, [...inner, turn], step ?? '');
    }
    if (outer.type === 'lambda') return fromHandler(outer, outer, [...inner, turn], file);
    if (outer.type === 'function_definition') return fromDefinition(outer, [...inner, turn], file);
    if (outer.type === 'class_definition') return null;
  }
  return null;
}

const climbing = (file: PythonFile): Climbing => ({
  around: (place) => climbedOf(isHelper(place, file) ? null : file.functionAround(place)),
  usesOf: ({ node }) => file.functions.filter((each) => each.node.id === node.id).flatMap((each) => usesOf(each, file)),
  callOf: (use) => (use.parent?.childForFieldName('function')?.id === use.id ? use.parent : null),
  isStarted,
  repetition: (call, inner) => repetition(call, file, inner),
  handed: (use, { node }, turns) => fromHandler(use, node, turns, file),
});

export const climbedOf = (declared: DeclaredFunction | null): Climbed | null =>
  declared && {
    node: declared.node,
    name: declared.name,
    owner: declared.owner?.childForFieldName('name')?.text ?? null,
  };

/** Loops in which something may be received. */
export const loopsThatReceive = (file: PythonFile): Region[] =>
  file.walked
    .of(...loopTypes)
    .filter((loop) => loop.type === 'for_statement' || names.endlessCondition.test(textIn(loop, 'condition')))
    .map((node) => ({ node, growth: null }));

/** Functions that a library is handed to run once for each item, and what hands them on. */
export function handedIn(file: PythonFile): Handed[] {
  if (!names.handing.test(file.text)) return [];
  const handed = file.root.descendantsOfType('call').flatMap((call) => {
    if (!Object.hasOwn(names.callbackCalls, calleeName(call)) && calleeName(call) !== 'on') return [];
    return argumentsOf(call).map((each) => each.childForFieldName('value') ?? each);
  });
  const assigned = (names.handlerAttributeSet.test(file.text) ? file.root.descendantsOfType('assignment') : [])
    .filter((each) => names.handlerAttributes.test(textIn(each, 'left')))
    .flatMap((each) => each.childForFieldName('right') ?? []);
  return [...handed, ...assigned].flatMap((use) => {
    const growth = fromHandler(use, file.functionMeant(use)?.node ?? use, [], file);
    return growth ? [{ use, growth }] : [];
  });
}

/** Functions of this file that a library runs once for each item. */
export function handlersIn(file: PythonFile, handed: readonly Handed[]): Region[] {
  const meant = handed.flatMap(({ use, growth }): Region[] => {
    const node = file.functionMeant(use)?.node;
    return node ? [{ node, growth }] : [];
  });
  const declared = file.functions.flatMap(({ node }): Region[] => {
    const growth = fromDefinition(node, [], file);
    return growth && growth.doubt === undefined ? [{ node, growth }] : [];
  });
  return [...meant, ...declared];
}

/** `create_task(self.handle(m))`: a start of its own, judged where it stands. */
export const isStarted = (call: Node) => {
  const outer = call.parent?.type === 'argument_list' ? call.parent.parent : null;
  return outer?.type === 'call' && names.spawning.test(calleeName(outer));
};

function fromDefinition(definition: Node, turns: Turn[], file: PythonFile): Growth | null {
  const name = textIn(definition, 'name');
  const unit = decoratedFor(definition, file);
  if (unit) {
    const text = oneLine(unit.decorator);
    const step = `\`${text}\` runs \`${name}\` (line ${lineOf(definition)}) for each ${unit.unit}`;
    return growth({ unit: unit.unit, text }, turns, step);
  }
  const typed = takesItem(definition, file);
  if (typed) return growth(typed, turns, `\`${name}\` (line ${lineOf(definition)}) takes one ${typed.text}`);
  const known = Object.hasOwn(names.handlerMethods, name) ? names.handlerMethods[name] : undefined;
  if (!known || (known.imports && !file.importsAny(known.imports)) || !file.classAround(definition)) return null;
  return growth(
    { unit: known.unit, text: name },
    turns,
    `\`${name}\` (line ${lineOf(definition)}) is run for each ${known.unit}`,
  );
}

/** A function whose parameter is typed as a message, an event or a request: it is there for each, though how often this file does not show. */
function takesItem(definition: Node, file: PythonFile): Source | null {
  const types = (definition.childForFieldName('parameters')?.namedChildren ?? []).map(
    (each) => each.childForFieldName('type')?.text.replace(/\[.*$|['"]/gs, '') ?? '',
  );
  const name = textIn(definition, 'name');
  if (name.startsWith('__')) return null;
  for (const type of types) {
    const last = type.split('.').at(-1) ?? '';
    if (names.deliveredTypes.test(last) && file.importsAny(names.brokers)) return { unit: 'message', text: last };
    const doubt = `how often \`${name}\` is called`;
    if (/^(web\.)?Request$/.test(type) && file.importsAny(names.webFrameworks))
      return { unit: 'request', text: last, doubt };
    if (names.itemTypes.test(last)) return { unit: 'message', text: last, doubt };
  }
  return null;
}

/** What a library runs the decorated function for; null: nothing says that it does. */
function decoratedFor(definition: Node, file: PythonFile): { unit: Growth['unit']; decorator: Node } | null {
  const outer = definition.parent?.type === 'decorated_definition' ? definition.parent : null;
  for (const decorator of outer?.namedChildren ?? []) {
    if (names.handlerDecorators.test(decorator.text) && file.importsAny(names.brokers))
      return { unit: 'message', decorator };
    if (names.requestDecorators.test(decorator.text) && file.importsAny(names.webFrameworks))
      return { unit: 'request', decorator };
  }
  return null;
}

/** A function, or the name of one, that is handed to a library. */
function fromHandler(handler: Node, definition: Node, turns: Turn[], file: PythonFile): Growth | null {
  const source = handlerSource(handler, file);
  const name = definition.childForFieldName('name')?.text ?? oneLine(definition);
  return (
    source &&
    growth(
      source,
      turns,
      `\`${source.text}\` on line ${lineOf(handler)} runs \`${name}\` (line ${lineOf(definition)}) for each ${source.unit}`,
    )
  );
}

function handlerSource(handler: Node, file: PythonFile): Source | null {
  const value = handler.parent?.type === 'keyword_argument' ? handler.parent : handler;
  const list = value.parent;
  const call = list?.type === 'argument_list' ? list.parent : null;
  if (call?.type === 'call' && calleeName(call) === 'on') return eventSource(call, file);
  if (call?.type === 'call') {
    const library = Object.hasOwn(names.callbackCalls, calleeName(call))
      ? names.callbackCalls[calleeName(call)]
      : undefined;
    if (!library || !file.importsAny(library)) return null;
    return { unit: 'message', text: `${oneLine(call.childForFieldName('function') ?? call)}(…)` };
  }
  const assigned = handler.parent?.type === 'assignment' ? handler.parent.childForFieldName('left') : null;
  const isHandler = assigned && names.handlerAttributes.test(assigned.text) && file.importsAny(names.either);
  return isHandler ? { unit: 'message', text: assigned.text } : null;
}

/** `sio.on('message', handler)` of socket.io and engine.io. */
function eventSource(call: Node, file: PythonFile): Source | null {
  const event = /^['"](message|data|packet)['"]$/.exec(positional(call)[0]?.text ?? '')?.[1];
  const emitter = receiverText(call);
  if (
    event === undefined ||
    !(/\b(eio|sio|socketio|ws|socket|client)\b/.test(emitter) || file.importsAny(names.either))
  )
    return null;
  return { unit: 'message', text: `${emitter}.on('${event}')` };
}

function growth(source: Source, turns: Turn[], step: string): Growth {
  const outermost = turns.at(-1);
  const settled = outermost && source.unit === 'message' ? running(after(outermost), 'call') : [];
  const early = settled.find((call) => names.settling.test(calleeName(call)));
  return {
    unit: source.unit,
    source: source.text,
    evidence: [step],
    turns,
    ...(source.doubt === undefined ? {} : { doubt: source.doubt }),
    settledEarly: early ? `${placeOf(early)} does not wait for it` : null,
  };
}
