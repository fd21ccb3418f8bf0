import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import type { Grown } from './collections';
import type { DeclaredFunction, Declarations } from '../declarations';
import { madeOf, mentionsAny } from '../arrivals/derived';
import { parametersOf } from '../arrivals/items';

/** What a slice is called in which things wait for somebody. */
const queueName =
  /queue|backlog|inbox|outbox|mailbox|unsent|outgoing|incoming|waiting|pending|messages|msgs|events|tasks|jobs|items|packets|frames|batch|buffer|\bbuf\b/i;

/** Who is there, not what waits. */
const members =
  /waiter|subscri|client|peer|conn|session|middleware|option|hook|watcher|plugin|filter|server|node|worker|column|evict|lru|recent|\border$|history|stack|scope|token|arg|header|child|parent|member|chann?els?$|writers?$|readers?$|track|candidate|config|slot|timer|early|callback|fn$/i;

/** Methods of a queue, whoever shares it. */
const queueing = /^([eE]nqueue|[pP]ush(Back|Front)?|[oO]ffer)$/;

/** Methods that put back what somebody had taken: it was there before. */
const puttingBack = /^(re_?(queue|enqueue|try|transmit|send|store|turn)|onLost|done$|nack|un(read|get|pop)|putBack)/i;

/** Functions that read a text or build a value, which ends. */
const building =
  /^(parse|lex|scan|read|encode|decode|marshal|unmarshal|build|with|set|get|visit|walk|format|render|init|insert)/i;

/** A list of a type that one method fills with what its callers hand it, and others empty. */
export function queuedOf({ name, field, items, pushed }: Grown, place: Node, file: Declarations): Growth | null {
  const around = file.functionAround(place);
  if (!around || answersOrSpares.test(field) || members.test(field) || !name.includes('.')) return null;
  if (runsSeldom(around.name) || building.test(around.name)) return null;
  if (puttingBack.test(around.name) || place.text.includes('.PushFront(')) return null;
  if (pushed ? isStack(field, file) : !queueName.test(field)) return null;
  if (isHeap(around, file) || takesBytes(around)) return null;
  if (queueing.test(around.name) && parametersOf(around.node).length > 0) return filledIn(around, place);
  // What only one goroutine knows is emptied by the one that fills it.
  if (!file.says('\\bsync\\.|\\batomic\\.|\\bchan\\b|<-')) return null;
  const brought = madeOf(
    [...parametersOf(around.node).map((each) => each.name), ...receivedIn(around.node)],
    around.node,
    place,
  );
  return items.some((each) => mentionsAny(each, brought)) ? filledIn(around, place) : null;
}

/** What came last is taken out first. */
const isStack = (field: string, file: Declarations) =>
  file.says(`\\b${field}\\.Back\\(\\)`) && !file.says(`\\b${field}\\.(?:Pop)?Front\\(`);

/** `Push` and `Less` of what `container/heap` keeps in order, for whoever calls that. */
const isHeap = ({ name }: DeclaredFunction, file: Declarations) => name === 'Push' && file.says('\\) Less\\(\\w+, ');

/** A writer of bytes: what it keeps is one text. */
const takesBytes = ({ name, node }: DeclaredFunction) =>
  name.startsWith('Write') && parametersOf(node)[0]?.node.childForFieldName('type')?.text === '[]byte';

const filledIn = ({ name, node }: DeclaredFunction, place: Node): Growth =>
  handedOver({ put: place, name, around: node }, undefined);

/** `case task := <-tasks:` */
const receivedIn = (around: Node) =>
  around
    .descendantsOfType('receive_statement')
    .flatMap((each) => each.childForFieldName('left')?.namedChildren.map(({ text }) => text) ?? []);
