import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, lineOf, placeOf, textIn } from '../../../syntax';
import { aliasesOf } from '../aliases';
import { argumentsOf, calleeName, isPrivate, receiverText, type JavaFile } from '../file';
import { filling, isLoop, type Filling } from '../queues/fills';
import { isRarely } from '../arrivals/rarely';
import { perItem } from '../growth';
import { callsInside, callsOn, callsTaking, type Holder } from '../held';
import { endlessCondition } from '../names';

/** An executor that is set so that any number of tasks wait, whoever hands them over. */
export const wrongBySetting = {
  unit: 'call',
  settledEarly: null,
  doubt: 'how many tasks it is handed',
  flaw: 'setting',
} satisfies Partial<Growth>;

/** Calls that hand an executor a task. */
export const handing = /^(execute|submit)(Completable|Listenable)?$/;

/** Calls that hand a task to the executor that is held there, also in methods that are handed the executor. */
export const handed = (holder: Holder, file: JavaFile): Node[] =>
  [
    ...callsOn(holder, handing),
    ...[holder, ...aliasesOf(holder)].flatMap((each) => callsTaking(each, /^(runAsync|supplyAsync)$/)),
    ...callsInside(holder, handing, file),
  ].sort((one, other) => Number(isAnswerUsed(one)) - Number(isAnswerUsed(other)));

/** Of what somebody waits for nothing grows: the others are asked first. */
const isAnswerUsed = ({ parent }: Node) => parent?.type !== 'expression_statement';

/** The step of the evidence in which a task is handed on. */
export const handStep = (start: Node) => `${placeOf(start)} hands it on`;

/** Methods for others hand it a task about what they are given, and nothing here shows how often. */
export function fedByCallers(starts: readonly Node[], lacks: string, file: JavaFile): Growth | null {
  for (const start of starts) {
    const fill = filling(start);
    if (!fill || !isPerItem(start, file)) continue;
    const { name, around } = fill;
    const loop = isLoop(around) ? `each turn of the loop on line ${lineOf(around)}` : null;
    return {
      ...{ unit: 'call', source: name, settledEarly: null, turns: [{ place: start, repeated: around }] },
      evidence: [`${handStep(start)} with ${loop ?? `each call of \`${name}\``}`, lacks],
      doubt: loop === null ? `how often \`${name}\` is called` : `how much ${loop} brings`,
    };
  }
  return null;
}

/** Is the task about what the code around it is given again and again, and does it end? */
export function isPerItem(start: Node, file: JavaFile): boolean {
  const fill = filling(start);
  const owner = file.classAround(start)?.childForFieldName('name')?.text ?? '';
  if (!fill || byHand.test(fill.name) || ofStart.test(owner)) return false;
  return isAboutItem(start, fill) && !isOneLoop(start, file) && !isCalledSeldom(start, file);
}

/** What a person or a timer asks for now and then, or what goes wrong. */
const byHand =
  /^(delete|purge|drop|remove|clean|clear|expire|migrate|import|export|upgrade|rebuild|reindex|compact|warm|reload)|handshake|connect|error|exception|fail|leader|start(up)?$|rebalance|auth(?!or)|lifecycle|certificate|supervis|config(?!ur)|stackTrace/i;

/** Classes that run when a program starts, or that are programs of their own. */
export const ofStart =
  /Start(up|er)|Bootstrap|Initiali[sz]er|Launcher|Install|Setup|Migrat|Upgrade|Tool|Demo|Example|Benchmark|Cli$|Main$|Shutdown/;

/** Does the task work on a parameter of what runs again and again, or on what was made of one? */
function isAboutItem(start: Node, { around }: Filling): boolean {
  const task = argumentsOf(start)
    .map(({ text }) => text)
    .join(' ');
  const within = [...ancestorsOf(start)].filter((each) => each.type === 'lambda_expression' && contains(around, each));
  const known = [around, ...within].flatMap(parametersOf);
  for (const each of around.descendantsOfType('variable_declarator')) {
    if (contains(start, each)) continue;
    const value = textIn(each, 'value');
    if (isLoop(around) || known.some((name) => speaksOf(value, name))) known.push(nameOf(each));
  }
  return [...known, ...toldOf(known, around)].some((name) => !longLived.test(name) && speaksOf(task, name));
}

/** `task` of `task.setMessage(message)`: what is told of the item is about it. */
const toldOf = (known: readonly string[], around: Node): string[] =>
  around
    .descendantsOfType('method_invocation')
    .filter((call) => known.some((name) => argumentsOf(call).some(({ text }) => text === name)))
    .map((call) => receiverText(call))
    .filter((name) => /^[a-z]\w*$/.test(name));

/** Names of what runs as long as the program does. */
const longLived = /worker|acceptor|connector|poller|loop|thread|server|monitor/i;

const nameOf = (declared: Node) => textIn(declared, 'name');

const speaksOf = (text: string, name: string) => /^\w+$/.test(name) && new RegExp(`\\b${name}\\b`).test(text);

function parametersOf(around: Node): string[] {
  const given = around.childForFieldName('parameters');
  if (!given) return [];
  if (given.type === 'identifier') return [given.text];
  return given.namedChildren.map((each) => (each.type === 'identifier' ? each.text : nameOf(each)));
}

/** Is the task a loop of its own: one for each thing that the program has? */
function isOneLoop(start: Node, file: JavaFile): boolean {
  const [task] = argumentsOf(start);
  const type = task?.type === 'object_creation_expression' ? calleeName(task) : null;
  const bodies = [
    ...(task ? [task] : []),
    ...file.methods
      .filter(({ name, owner }) => name === 'run' && owner?.childForFieldName('name')?.text === type)
      .map(({ node }) => node),
  ];
  return bodies
    .flatMap((body) => body.descendantsOfType('while_statement'))
    .map((loop) => textIn(loop, 'condition'))
    .some((condition) => endlessCondition.test(condition) && !endsByItself.test(condition));
}

/** `while (!handler.isDone())`: what it works on comes to an end. */
const endsByItself = /\w\.\w*(done|complet|finish)/i;

/** Do only methods that run once or now and then call the private method around it? */
function isCalledSeldom(start: Node, file: JavaFile): boolean {
  const around = file.methodAround(start);
  const uses = around && isPrivate(around.node) ? file.usesOf(around) : [];
  return uses.length > 0 && uses.every((use) => isRarely(file.methodAround(use)?.name ?? 'init'));
}

/** Each call makes one of its own, and nothing here ends it: its threads stay. @param holder the variable; null: none */
export function ownPool(made: Node, holder: Holder | null, file: JavaFile): Growth | null {
  const around = file.methodAround(made);
  if (!keepsThreads.test(calleeName(made)) || (holder?.field !== false && !isUsedWhereMade(made))) return null;
  if (around?.node.type !== 'method_declaration' || isRarely(around.name)) return null;
  if (holder && (isEnded(holder) || isKept(holder))) return null;
  const own = perItem(made, file);
  const arrives = own && !own.open && own.doubt === undefined ? own : null;
  if (arrives?.unit === 'value' || (!arrives && holder && callsTaking(holder, /./).length > 0)) return null;
  const step = `${arrives ? `each ${arrives.unit}` : `each call of \`${around.name}\``} makes one of its own on line ${lineOf(made)}, and nothing here shuts it down`;
  return {
    ...(arrives ?? {
      unit: 'call',
      source: around.name,
      settledEarly: null,
      turns: [{ place: made, repeated: around.node }],
    }),
    evidence: [...(arrives?.evidence ?? []), step],
    flaw: 'left-running',
    doubt: arrives ? 'whether others shut it down' : `how often \`${around.name}\` is called`,
  };
}

/** Those whose threads stay when there is nothing to do. */
const keepsThreads = /^(newFixedThreadPool|newSingleThreadExecutor|\w*ThreadPoolExecutor)$/;

/** `Executors.newSingleThreadExecutor().execute(…)`. */
const isUsedWhereMade = ({ parent }: Node) =>
  parent?.type === 'method_invocation' && /^(execute|submit)$/.test(calleeName(parent)) && receiverText(parent) !== '';

const isEnded = (holder: Holder) =>
  callsOn(holder, /^(shutdown|shutdownNow|close|awaitTermination)$/).length > 0 ||
  callsTaking(holder, /shut|stop|close|terminat/i).length > 0 ||
  new RegExp(`try\\s*\\([^)]*\\b${holder.name}\\b|::shutdown|\\b${holder.name}::`).test(holder.scope.text);

/** Does it outlive the method: is it returned, or put into a field or a collection? */
const isKept = ({ name, scope }: Holder) =>
  new RegExp(`return [^;]*\\b${name}\\b|=\\s*${name};|\\.(put|add|set)\\w*\\([^;]*\\b${name}\\)`).test(scope.text);
