import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth, Turn } from '../../rule';
import { ancestorsOf, contains, lineOf, oneLine, placeOf, textIn } from '../../syntax';
import { leaves } from '../../turn';
import { argumentsOf, callAround, calleeName, receiverText, wholeOf } from './calls';
import type { CsharpFile } from './file';

import * as names from './names';
import { sizeGuard } from './queues';
import { after, before, conditionsAround, endsTurn, running } from './turn';

/** What is looked for in C#, as a reader would say it. */
export const boundsInWords: Partial<Record<BoundKind, string>> = {
  permit: 'a permit taken before the start (SemaphoreSlim WaitAsync, a rate limiter)',
  'permit-in-task': 'a permit taken inside what is started',
  pool: 'a scheduler that lets in only so many (LimitedConcurrencyLevelTaskScheduler, ConcurrentExclusiveSchedulerPair)',
  joined: 'waiting for it in the same turn (await, WhenAll, Wait)',
  counted: 'a count, size or already-running check around it, or pieces of a fixed size',
  'broker-credit': 'a limit on unfinished messages at the broker (BasicQos, PrefetchCount, ConcurrentMessageLimit)',
  'leaves-loop': 'leaving the loop after it',
  'size-guard': 'a look at the length of the queue (Count)',
  'stop-code': 'code that only runs when something ends',
};

type Finder = (growth: Growth, place: Node, file: CsharpFile) => string | null;

/** Gate B for C#. */
export const finders: Partial<Record<BoundKind, Finder>> = {
  permit: ({ turns }) => {
    const call = running(turns.flatMap(before), 'invocation_expression').find(isPermit);
    return call ? `a permit taken at ${placeOf(call)}` : null;
  },
  'permit-in-task': ({ turns }, place, file) => {
    const permit = startedCode(turns[0]?.place ?? place, file)
      .flatMap((node) => node.descendantsOfType('invocation_expression'))
      .find(isPermit);
    return permit ? `a permit taken at ${placeOf(permit)}, inside what is started` : null;
  },
  pool: (_growth, place) => {
    // One that is made here is made for each.
    const scheduler = /(?<!new )\b\w*(LimitedConcurrency|(Concurrent|Exclusive)Scheduler)\w*/i.exec(place.text)?.[0];
    return scheduler === undefined ? null : `\`${scheduler}\` lets in only so many`;
  },
  joined: ({ turns }, place) => {
    const name = holderOf(place);
    // What nobody keeps cannot be waited for.
    if (name === '' && callAround(wholeOf(place)) === null) return null;
    const wait = running(turns.flatMap(after), 'await_expression', 'invocation_expression').find((each) =>
      waitsFor(each, name),
    );
    return wait ? `the turn waits at ${placeOf(wait)}` : null;
  },
  counted: ({ turns, unit }, place) => {
    if (unit === 'element') return piecewise(place);
    const check = turns.flatMap(checksOf).find((node) => names.countWords.test(textIn(node, 'condition')));
    return check ? `the check on line ${lineOf(check)}` : null;
  },
  'broker-credit': ({ unit, settledEarly }, _place, file) => {
    const setting = names.creditSettings.exec(file.text)?.[1];
    if (unit !== 'message' || setting === undefined || settledEarly !== null) return null;
    return `the broker's limit on unfinished messages (\`${setting}\`)`;
  },
  'leaves-loop': ({ turns }) => {
    const loops = turns.filter(({ repeated }) => /^(while|for|foreach|do)_statement$/.test(repeated.type));
    const exit = loops
      .flatMap((turn) => after(turn).filter((node) => leaves(node, turn.repeated)))
      .find(({ type }) => type === 'break_statement' || type === 'return_statement');
    return exit ? `it leaves the loop on line ${lineOf(exit)}` : null;
  },
  'size-guard': (_growth, place, file) => sizeGuard(place, file),
  'stop-code': (_growth, place, file) => {
    const name = file.functionAround(place)?.name ?? '';
    return names.stopName.test(name) ? `\`${name}\` stops things` : null;
  },
};

const isPermit = (call: Node) => names.permitCall.test(calleeName(call)) && names.limitObject.test(receiverText(call));

/** What the start runs: what it is handed, and functions of this file that it calls. */
function startedCode(place: Node, file: CsharpFile): Node[] {
  const called = place
    .descendantsOfType('invocation_expression')
    .flatMap((call) => file.functionMeant(call.childForFieldName('function'))?.node ?? []);
  const handed = place.type === 'invocation_expression' ? argumentsOf(place) : [place];
  return [...handed, ...called, ...handed.flatMap((each) => file.functionMeant(each)?.node ?? [])];
}

/** Conditions around the place, and earlier ones that end the turn or make it wait. */
const checksOf = (turn: Turn): Node[] => [...conditionsAround(turn), ...before(turn).filter(holdsBack)];

const holdsBack = (node: Node) =>
  (node.type === 'if_statement' && endsTurn(node)) ||
  (/^(if|while)_statement$/.test(node.type) &&
    running([node], 'await_expression', 'invocation_expression').some(waits));

const waits = (node: Node) =>
  node.type === 'await_expression' || /^(Sleep|Wait|WaitAny|SpinOnce|Yield|SpinUntil)$/.test(calleeName(node));

/** `task` of `var task = Task.Run(…)`, `thread` of `thread.Start()`; empty: nothing holds it. */
const holderOf = (place: Node) => {
  if (calleeName(place) === 'Start') return receiverText(place);
  const holder = wholeOf(place).parent;
  return holder?.type === 'variable_declarator' ? textIn(holder, 'name') : '';
};

function waitsFor(node: Node, name: string): boolean {
  if (node.type === 'await_expression')
    return (
      /^await\s+Task\.(WhenAll|WhenAny)\(/.test(node.text) ||
      (name !== '' && new RegExp(`^await\\s+${name}\\b`).test(node.text))
    );
  return (
    /^(WaitAll|WaitAny)$/.test(calleeName(node)) ||
    (/^(Wait|Join)$/.test(calleeName(node)) && receiverText(node) === name)
  );
}

/** `foreach (var piece in rows.Chunk(n))` around it. */
function piecewise(place: Node): string | null {
  for (const outer of ancestorsOf(place)) {
    const over = outer.type === 'foreach_statement' ? outer.childForFieldName('right') : null;
    if (over && !contains(over, place) && /chunk|batch|page|partition/i.test(over.text))
      return `pieces of a fixed size (\`${oneLine(over)}\`)`;
    if (outer.type === 'method_declaration') return null;
  }
  return null;
}
