import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, textIn } from '../../../syntax';
import {
  annotationName,
  annotationsOf,
  calleeName,
  callTaking,
  isPrivate,
  receiverText,
  type DeclaredMethod,
  type JavaFile,
} from '../file';
import { callsTaking, gettersOf, type Holder } from '../held';
import { ofStart } from './pools';
import { springLacks } from './spring';

/** What a pool lacks that makes threads as it is handed tasks. */
export const aThreadEach = 'it starts a thread for every task that finds none free';

/** Others are given the executor and hand it tasks, though how many this file does not show. */
export function lentToOthers(made: Node, holder: Holder | null, lacks: string, file: JavaFile): Growth | null {
  const owner = file.classAround(made)?.childForFieldName('name')?.text ?? '';
  // What Spring runs its own loops in is judged as a bean.
  const isOther =
    ofStart.test(owner) || offering.test(owner) || springLacks(made) !== null || /\bSemaphore\b/.test(file.text);
  return isOther ? null : (ofServer(made, holder, lacks, file) ?? given(made, holder, lacks, file));
}

/** Classes in which somebody chooses: what runs the tasks stands elsewhere, and holds them back there. */
const offering = /(Config(uration)?|Settings|Options|Provider)$/;

/** Servers that run each request in the executor that they are set. */
const servers = /^(com\.sun\.net\.httpserver|org\.apache\.thrift)\b/;

function ofServer(made: Node, holder: Holder | null, lacks: string, file: JavaFile): Growth | null {
  if (!file.importsAny(servers)) return null;
  const direct = callTaking(made);
  const set = [...(direct ? [direct] : []), ...(holder ? callsTaking(holder, /./) : [])].find((call) =>
    /^(setExecutor|executorService)$/.test(calleeName(call)),
  );
  if (!set) return null;
  const step = `\`${receiverText(set)}.${calleeName(set)}(…)\` on line ${lineOf(set)} has it run each request`;
  return {
    ...{ unit: 'request', source: receiverText(set), settledEarly: null, turns: [{ place: set, repeated: set }] },
    evidence: [step, lacks],
    doubt: 'how many requests come at the same time',
  };
}

function given(made: Node, holder: Holder | null, lacks: string, file: JavaFile): Growth | null {
  const around = file.methodAround(made);
  const returns = around && isReturned(made, holder) ? [around] : [];
  const set = setAsExecutor(made);
  if (set) return handedTo(set, lacks);
  const giver =
    [...returns, ...getters(holder, file)].find(isGiver) ??
    (lacks === aThreadEach ? returns.find(isForOthers) : undefined);
  if (!giver) return constant(made, lacks);
  return {
    unit: 'call',
    source: giver.name,
    evidence: [`\`${giver.name}\` (line ${lineOf(giver.node)}) gives it to others, who hand it tasks`, lacks],
    turns: [{ place: giver.node, repeated: giver.node }],
    settledEarly: null,
    doubt: `how many tasks it is handed by those who call \`${giver.name}\``,
  };
}

/** `feature.setExecutor(Executors.newCachedThreadPool())`: the executor of whatever it is set in. */
function setAsExecutor(made: Node): Node | null {
  const call = callTaking(made);
  return call?.type === 'method_invocation' &&
    /^(set|with)?\w*Executor(Service)?$/i.test(calleeName(call)) &&
    !forParts.test(calleeName(call))
    ? call
    : null;
}

const handedTo = (set: Node, lacks: string): Growth => ({
  unit: 'call',
  source: calleeName(set),
  evidence: [`\`${calleeName(set)}\` on line ${lineOf(set)} gives it to others, who hand it tasks`, lacks],
  turns: [{ place: set, repeated: set }],
  settledEarly: null,
  doubt: 'how many tasks it is handed there',
});

/** `static final ExecutorService POOL = …`, which other classes use. */
function constant(made: Node, lacks: string): Growth | null {
  const declared = made.parent?.parent;
  const name = textIn(made.parent, 'name');
  const modifiers = declared?.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '';
  const isDefault = lacks === aThreadEach && /^(default|shared|common|global)_/i.test(name);
  const isOpen = /\bstatic\b/.test(modifiers) && (isDefault || !/\bprivate\b/.test(modifiers));
  if (declared?.type !== 'field_declaration' || !isOpen || forParts.test(name)) return null;
  return {
    unit: 'call',
    source: name,
    evidence: [`\`${name}\` is open to other classes, which hand it tasks`, lacks],
    turns: [{ place: declared, repeated: declared }],
    settledEarly: null,
    doubt: `how many tasks \`${name}\` is handed`,
  };
}

const getters = (holder: Holder | null, file: JavaFile) => (holder?.field ? gettersOf(holder, file) : []);

function isReturned(made: Node, holder: Holder | null): boolean {
  if (made.parent?.type === 'return_statement') return true;
  if (holder?.field === false) return new RegExp(`return ${holder.name};`).test(holder.scope.text);
  return holder === null && [...ancestorsOf(made)].slice(0, 6).some(({ type }) => type === 'return_statement');
}

/** Does the method give the executor that everybody uses, not one for a timer or a loop? */
const isGiver = ({ node, name }: DeclaredMethod) =>
  (/^(get|default|shared|common)/.test(name) ||
    annotationsOf(node).some((each) => providing.test(annotationName(each)))) &&
  !forParts.test(name) &&
  !isMaker({ node, name }) &&
  !isPrivate(node);

/** Does it make one for each that asks: `getFixedThreadPool(4)`? */
const isMaker = ({ node, name }: Pick<DeclaredMethod, 'node' | 'name'>) =>
  /(Cached|Fixed|Direct)\w*(Pool|Executor(Service)?)$/.test(name) &&
  node.childForFieldName('parameters')?.namedChildCount !== 0;

/** Does a method of another name make it for whoever runs tasks? */
const isForOthers = ({ node, name }: DeclaredMethod) =>
  node.type === 'method_declaration' && !forParts.test(name) && !isMaker({ node, name }) && !isPrivate(node);

/** Names of executors for what a program does by itself. */
const forParts = /daemon|timer|loop|boss|accept|connect|schedul|poll|monitor|heartbeat|lease|clean|shutdown|start/i;

const providing = /^(Bean|Provides|Produces|Singleton)$/;
