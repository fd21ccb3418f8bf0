import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { calleeName, keyword, positional, receiverText, type PythonFile } from './file';

/** Queues that have no end unless a size is given. */
const constructors =
  /^(asyncio|queue|multiprocessing|janus|tornado\.queues|gevent\.queue|eventlet\.queue)\.((Lifo|Priority)?Queue|SimpleQueue|JoinableQueue)$/;

/**
 * A queue made without a size, that is filled once for each item.
 * @param perItem tells what repeats a call
 */
export function queueOf(place: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  if (!constructors.test(file.fullName(place.childForFieldName('function'))) || sizeOf(place) !== null) return null;
  const name = heldBy(place);
  if (name === null) return null;
  for (const put of [...callsOn(name, place, file, /^(put|put_nowait)$/), ...handedOn(name, place, file)]) {
    const growth = perItem(put);
    if (!growth || takesFrom(growth, name)) continue;
    return {
      ...growth,
      evidence: [...growth.evidence, `\`${oneLine(put)}\` on line ${lineOf(put)} puts each into it`],
    };
  }
  return null;
}

/** A loop that is fed by the queue itself puts back what it took. */
const takesFrom = ({ source }: Growth, queue: string) => source.includes(`${queue}.`);

/** The size that is given; null: none, or one that means no end. */
function sizeOf(call: Node): string | null {
  const size = keyword(call, 'maxsize') ?? positional(call)[0] ?? null;
  return size === null || /^(0|-\d+|None)$/.test(size.text) ? null : size.text;
}

/** `self.jobs` of `self.jobs = Queue()`, `jobs` of `jobs: Queue = Queue()`; null: it is not held by a name. */
export function heldBy(call: Node): string | null {
  const assignment = call.parent?.type === 'assignment' ? call.parent : null;
  const name = assignment?.childForFieldName('left')?.text ?? '';
  return /^(self\.)?\w+$/.test(name) ? name : null;
}

const scopeOf = (name: string, place: Node, file: PythonFile): Node =>
  (name.startsWith('self.') ? file.classAround(place) : file.functionAround(place)?.node) ?? file.root;

/** Calls of methods on the name: in its class where it is an attribute, in its function where it is local, else in the file. */
export function callsOn(name: string, place: Node, file: PythonFile, method: RegExp): Node[] {
  return scopeOf(name, place, file)
    .descendantsOfType('call')
    .filter((call) => receiverText(call) === name && method.test(calleeName(call)));
}

/** `loop.call_soon_threadsafe(self.jobs.put_nowait, job)` */
const handedOn = (name: string, place: Node, file: PythonFile): Node[] =>
  scopeOf(name, place, file)
    .descendantsOfType('attribute')
    .filter((each) => each.text === `${name}.put_nowait` && each.parent?.type === 'argument_list')
    .flatMap((each) => each.parent?.parent ?? []);

/** A look at how long the queue is, or waiting until it is empty. */
export function sizeGuard(place: Node, file: PythonFile): string | null {
  const name = heldBy(place);
  if (name === null) return null;
  const [look] = callsOn(name, place, file, /^(qsize|full|join)$/).filter((call) => !isLogged(call));
  if (look) return `\`${look.text}\` on line ${lineOf(look)}`;
  const measured = scopeOf(name, place, file)
    .descendantsOfType('comparison_operator')
    .find((each) => each.text.includes(`len(${name})`));
  return measured ? `\`${measured.text}\` on line ${lineOf(measured)}` : null;
}

const telling = /^(debug|info|warning|print|set|observe|gauge|labels|format)$/;

/** A length that is only told to somebody bounds nothing. */
const isLogged = (call: Node) =>
  [...ancestorsOf(call)].some(
    (outer) => outer.type === 'interpolation' || (outer.type === 'call' && telling.test(calleeName(outer))),
  );
