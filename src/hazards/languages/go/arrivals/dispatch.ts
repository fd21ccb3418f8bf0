import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import { startedForItem } from '../../../handedItem';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, textIn } from '../../../syntax';
import { calleeName, isFunction, spawned, staysOn, waitsForEnd } from '../calls';
import type { Declarations, DeclaredFunction } from '../declarations';
import { madeOf, mentionsAny } from './derived';
import { asksItself, itemOf, parametersOf, type Around } from './items';

/** `run` and `start` of one piece of work, which comes again and again. */
const startsWork = /^(run|start|launch|begin)_?(Job|Task|Handler|Command|Cmd|Callback|Hook|Request|Query)/i;

/** What the program asks for itself: it calls somebody, or pretends. */
const ofOurs = /outbound|outgoing|^dial|simulat/i;

/** A pause at the beginning of what is started: of what is tried again there is as much as is under way. */
const pausesFirst = (place: Node): boolean => {
  const [first] = partsOf(partsOf(spawned(place).body ?? place)[0] ?? place);
  return /^(time\.Sleep\(|<-\s*time\.)/.test(first?.text ?? '');
};

/** `go handler(event)` in a function that is handed the event. */
export function dispatchOf(place: Node, file: Declarations): Growth | null {
  const declared = file.functionAround(place);
  if (place.type !== 'go_statement' || !declared || declared.name === '') return null;
  if (ofOurs.test(declared.name) || pausesFirst(place) || asksItself(declared.node)) return null;
  for (const around of ancestorsOf(place)) {
    if (isCounted(around)) return null;
    if (!isFunction(around)) continue;
    const found = handedIn(around, place, declared, file);
    if (found || around.id === declared.node.id) return found;
    if (!runsHere(around)) return null;
  }
  return null;
}

function handedIn(around: Node, place: Node, declared: DeclaredFunction, file: Declarations): Growth | null {
  const inner = around.type === 'func_literal';
  // Who is given a channel takes from it what was asked for.
  if (!inner && resultOf(around).includes('chan ')) return null;
  if (answersTo(around, place)) return null;
  const seldom = runsSeldom(declared.name) && !inner && !startsWork.test(declared.name);
  const asked: Around = {
    name: declared.name,
    answers: !/^(error|bool|\(\*\w*\.?Empty, error\))?$/.test(resultOf(declared.node)),
    handed: inner && isHandler(around),
    tells: /<-|\bclose\(/.test(spawned(place).body?.text ?? ''),
  };
  for (const parameter of parametersOf(around)) {
    const unit = itemOf(parameter, asked, inner);
    if (unit === null) continue;
    if (unit === 'connection' ? isStartedIn(file, declared) || waitsForEnd(place) : seldom || staysOn(place)) continue;
    if (!mentionsAny(place, madeOf([parameter.name], around, place))) continue;
    const name = inner ? `the function on line ${lineOf(around)}` : declared.name;
    return { ...startedForItem(place, { node: around, name, item: oneLine(parameter.node) }), unit };
  }
  return null;
}

/** `func (p *Peer) Ask(question Question, answers chan Answer)`: who hands the channel waits for the answer. */
const answersTo = (around: Node, place: Node): boolean =>
  parametersOf(around).some(({ name, type }) => /^chan\b/.test(type) && mentionsAny(place, new Set([name])));

/** `for i := 0; i < retries; i++` */
function isCounted(loop: Node): boolean {
  const clause = loop.type === 'for_statement' ? loop.namedChildren.find(({ type }) => type === 'for_clause') : null;
  const condition = clause?.childForFieldName('condition')?.text;
  return condition !== undefined && !condition.includes('len(');
}

/** `bus.Subscribe(topic, func(order Order) { … })` */
const isHandler = ({ parent }: Node) =>
  parent?.type === 'argument_list' &&
  parent.parent?.type === 'call_expression' &&
  /^(On|Handle|Subscribe|AddHandler|AddListener|Consume|Listen)[A-Z]?\w*$/.test(calleeName(parent.parent));

const resultOf = (declaration: Node) => textIn(declaration, 'result');

/** `go serve(connection)`: what starts it is told where it stands. */
const isStartedIn = (file: Declarations, { name }: DeclaredFunction) => file.says(`\\bgo \\w*\\.?${name}\\(`);

/** `func() { … }()`, as a goroutine or not. */
const runsHere = (literal: Node) =>
  literal.parent?.type === 'call_expression' && literal.parent.childForFieldName('function')?.id === literal.id;
