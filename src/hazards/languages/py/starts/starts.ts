import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, keyword, receiverText, type DeclaredFunction, type PythonFile } from '../file';
import * as names from '../names';
import { endsAtOnceOrLasts } from './ends';
import { followsAnother, isGivenBack, isOneOfObject } from './oneAtATime';
import { running } from '../turn';

/** A start that nobody waits for where it stands, of work rather than of a wait. */
export function startsTask(place: Node, file: PythonFile): boolean {
  const name = calleeName(place);
  const intoGroup = /^spawn$/.test(name) && /group|scheduler|nursery/i.test(receiverText(place));
  if (!names.spawning.test(name) || (place.parent?.type === 'await' && !intoGroup)) return false;
  if (
    name === 'submit' &&
    !/executor|pool|workers/i.test(receiverText(place)) &&
    !file.importsAny(/^(concurrent|multiprocessing|loky)/)
  )
    return false;
  if (/^(Thread|Process)$/.test(name) && !file.importsAny(/^(threading|multiprocessing)/)) return false;
  if (/\wThread$/.test(name) && !keyword(place, 'target') && !isOwnThread(name, file)) return false;
  if (
    /^spawn(_n)?$/.test(name) &&
    !intoGroup &&
    !file.importsAny(/^(gevent|eventlet|curio|trio|aiojobs)/) &&
    file.moduleOf(name) === null
  )
    return false;
  // `self.create_task(name)` of this file makes what it likes.
  const own = name.startsWith('start_') ? null : file.functionMeant(place.childForFieldName('function'));
  const starts = startsIn(own);
  const again = (call: Node) => file.functionMeant(call.childForFieldName('function'))?.node.id === own?.node.id;
  if (own && starts.every((each) => again(each) || isOneOfObject(each, file) || startsOne(each, file))) return false;
  if (endsAtOnceOrLasts(place, file)) return false;
  if (isAside(place) || followsAnother(place) || isOneOfObject(place, file) || isGivenBack(place, file)) return false;
  const [work] = argumentsOf(place);
  const waits =
    work?.type === 'call' &&
    /^(get|wait|recv|receive\w*|sleep|join|read\w*|getone|anext|__anext__)$/.test(calleeName(work));
  return !waits;
}

/** `self.create_reader()` of this file starts nothing but what the object has one of. */
function startsOne(call: Node, file: PythonFile): boolean {
  const own = file.functionMeant(call.childForFieldName('function'));
  const starts = startsIn(own);
  return starts.length > 0 && starts.every((each) => isOneOfObject(each, file));
}

const startsIn = (own: DeclaredFunction | null): Node[] =>
  running(own ? partsOf(own.node) : [], 'call').filter((each) =>
    names.spawning.test(calleeName(each).replace(/^_+/, '')),
  );

/** What is started because something failed, or for each who waits for an answer. */
function isAside(place: Node): boolean {
  const outer = [...ancestorsOf(place)].find(({ type }) =>
    /^(except_clause|for_statement|while_statement|function_definition)$/.test(type),
  );
  return (
    outer?.type === 'except_clause' ||
    (outer?.type === 'for_statement' && /wait(er|_?for|ing)/i.test(textIn(outer, 'right')))
  );
}

/** `class CallThread(threading.Thread)` of this file. */
const isOwnThread = (name: string, file: PythonFile): boolean =>
  file.classes.some(
    (each) => each.childForFieldName('name')?.text === name && /\bThread\b/.test(textIn(each, 'superclasses')),
  );

/** `loop.run_in_executor(None, work, message)`, `reactor.callInThread(work)`, whose result nobody takes. */
export const isLeftToPool = (place: Node): boolean =>
  place.parent?.type === 'expression_statement' &&
  (/^(run_in_executor|deferToThread|callInThread)$/.test(calleeName(place)) ||
    (calleeName(place) === 'apply_async' && /pool|executor|workers/i.test(receiverText(place))));

/** `producer.send(…)` of aiokafka and kafka-python, `producer.produce(…)` of confluent, `basic_publish` of pika: as a statement. */
export function isProducer(place: Node, file: PythonFile): boolean {
  const [call] = partsOf(place);
  if (call?.type !== 'call') return false;
  const name = calleeName(call);
  const sender = receiverText(call);
  if (name === 'send') return /producer/i.test(sender) && file.importsAny(/^(aiokafka|kafka)(\.|$)/);
  if (name === 'produce') return file.importsAny(/^confluent_kafka/);
  return false;
}
