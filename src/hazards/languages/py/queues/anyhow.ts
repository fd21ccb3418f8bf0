import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, textIn } from '../../../syntax';
import { greatest, holdsWaiters, isPlanned, isPulled, isToken, takesAnswers, taking } from './between';
import { argumentsOf, calleeName, type DeclaredFunction, type PythonFile } from '../file';
import { callsOn, callsOnAttribute, isLocal, keptIn, kindOf, scopeOf } from './held';
import { stopName } from '../names';

/** A queue without a size that one function fills and another empties, whatever they are called; or that is given to what may. */
export function filledAnyhow(name: string, puts: readonly Node[], place: Node, file: PythonFile): Growth | null {
  if (answersOrSpares.test(name) || holdsWaiters.test(name) || takesAnswers.test(name)) return null;
  const takes = callsOn(name, place, file, taking);
  const takers = new Set(takes.map((each) => file.functionAround(each)?.node.id));
  const maker = file.functionAround(place)?.node.id;
  for (const put of puts) {
    const around = file.functionAround(put);
    if (!around || around.node.id === maker || takers.has(around.node.id)) continue;
    if (isRare(around, put) || isPulled(around.node, takers, file)) continue;
    return handedOver({ put, name: around.name, around: around.node }, takes[0]);
  }
  if (puts.length > 0 || !isLocal(name, place, file)) return null;
  return byParameter(name, place, file) ?? givenToObject(name, place, file);
}

/** `def read(jobs): jobs.put(…)`, which is handed the queue under the name that it has where it is made. */
function byParameter(name: string, place: Node, file: PythonFile): Growth | null {
  const maker = file.functionAround(place);
  for (const at of maker && isHandedOn(name, maker.node) ? file.text.matchAll(putsOn(name)) : []) {
    const put = file.root.descendantForIndex(at.index)?.parent?.parent;
    const around = put?.type === 'call' ? file.functionAround(put) : null;
    if (!put || !around || around.node.id === maker?.node.id || !inLoop(put, around.node)) continue;
    if (isToken(argumentsOf(put).at(-1)) || !textIn(around.node, 'parameters').includes(name)) continue;
    return handedOver({ put, name: around.name, around: around.node }, undefined);
  }
  return null;
}

const putsOn = (name: string) => new RegExp(`(?<![\\w.])${name}\\.(?:put|put_nowait|send_nowait)\\(`, 'g');

const isHandedOn = (name: string, { text }: Node) => new RegExp(`[(,=]\\s*${name}\\s*[,)]`).test(text);

/** `group.events = Queue()`: what the file puts into the `events` of any object, or others do. */
export function ofAnotherObject(place: Node, file: PythonFile): Growth | null {
  const name = /\w\.(\w+)$/.exec(keptIn(place)?.childForFieldName('left')?.text ?? '')?.[1];
  if (name === undefined || kindOf(place) === 'deque') return null;
  if (answersOrSpares.test(name) || holdsWaiters.test(name) || takesAnswers.test(name)) return null;
  const puts = callsOnAttribute(name, file, /^(put|put_nowait|send_nowait)$/);
  const put = puts.find((each) => !isToken(argumentsOf(each).at(-1)));
  const around = put && file.functionAround(put);
  if (puts.length > 0)
    return around && !isRare(around, put)
      ? handedOver({ put, name: around.name, around: around.node }, undefined)
      : null;
  return {
    ...{ unit: 'call', source: `${name}.put`, settledEarly: null, doubt: 'who puts into it, and how often' },
    evidence: [`nothing in this file puts anything into \`${name}\``],
    turns: [],
  };
}

/** A function that runs once fills it with little, unless it does so in a loop. */
const isRare = (around: DeclaredFunction, put: Node): boolean =>
  stopName.test(around.name) ||
  isPlanned(put, around) ||
  greatest.test(around.node.text) ||
  takesAnswers.test(around.name) ||
  (/^__|main$/.test(around.name) || runsSeldom(around.name) ? !inLoop(put, around.node) : false);

function inLoop(put: Node, definition: Node): boolean {
  for (const outer of ancestorsOf(put)) {
    if (outer.id === definition.id) return false;
    if (outer.type === 'while_statement' || (outer.type === 'for_statement' && outer.children[0]?.type === 'async'))
      return true;
  }
  return false;
}

/** `Session(peer, outgoing)`: an object that lives on gets it. */
function givenToObject(name: string, place: Node, file: PythonFile): Growth | null {
  const call = scopeOf(name, place, file)
    .descendantsOfType('identifier')
    .filter(
      ({ text, parent, startIndex }) =>
        text === name && /^(argument_list|keyword_argument)$/.test(parent?.type ?? '') && startIndex > place.endIndex,
    )
    .map((each) => [...ancestorsOf(each)].find(({ type }) => type === 'call'))
    .find((each) => each && /^_?[A-Z]\w*[a-z]/.test(calleeName(each)) && !/Thread|Process/.test(calleeName(each)));
  if (!call) return null;
  const to = calleeName(call);
  return {
    ...{ unit: 'call', source: to, settledEarly: null, doubt: `how often \`${to}\` fills it` },
    evidence: [`\`${oneLine(place)}\` is given to \`${to}\` on line ${lineOf(call)}`],
    turns: [{ place: call, repeated: call }],
  };
}
