import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, type JavaFile } from './file';
import { callsOn, callsTaking, holderOf, madeType } from './held';
import { perItem } from './growth';
import { isEndless } from './queues';
import { asyncOf, beanOf, springLacks } from './spring';

const threadPerTask = /^(newCachedThreadPool|newVirtualThreadPerTaskExecutor|newThreadPerTaskExecutor)$/;
const endlessQueue = /^(newFixedThreadPool|newSingleThreadExecutor|newWorkStealingPool)$/;

/** What of the executor made here has no end; null: it has one, or nothing tells. */
export function withoutEnd(made: Node): string | null {
  const name = calleeName(made);
  if (threadPerTask.test(name)) return 'it starts a thread for every task that finds none free';
  if (endlessQueue.test(name)) return 'the tasks that wait for its threads stand in a queue without an end';
  const spring = springLacks(made);
  if (spring !== null) return spring;
  const [, largest, , , queue] = argumentsOf(made);
  if (name !== 'ThreadPoolExecutor' || !queue) return null;
  if (isEndless(queue)) return 'the tasks that wait for its threads stand in a queue without an end';
  return madeType(queue) === 'SynchronousQueue' && largest?.text === 'Integer.MAX_VALUE'
    ? 'it starts a thread for every task that finds none free'
    : null;
}

/** An executor without an end that is handed a task once for each item: made here, or the one that Spring runs `@Async` with. */
export function executorOf(place: Node, file: JavaFile): Growth | null {
  return place.type.endsWith('annotation')
    ? asyncOf(place, file)
    : (handedEachItem(place, file) ?? beanOf(place, file));
}

function handedEachItem(made: Node, file: JavaFile): Growth | null {
  const lacks = withoutEnd(made);
  const holder = lacks === null ? null : holderOf(made, file);
  if (lacks === null || !holder) return null;
  const handed = [
    ...callsOn(holder, /^(execute|submit)(Completable|Listenable)?$/),
    ...callsTaking(holder, /^(runAsync|supplyAsync)$/),
  ];
  for (const start of handed) {
    const growth = perItem(start, file);
    if (!growth || growth.open) continue;
    const steps = [`\`${oneLine(start)}\` on line ${lineOf(start)} hands it on`, lacks];
    return { ...growth, evidence: [...growth.evidence, ...steps] };
  }
  return neverGrows(made);
}

/** A maximum above the core, which is only reached when the queue is full: and this one never is. */
function neverGrows(made: Node): Growth | null {
  const [core, most] = argumentsOf(made);
  const [from, to] = [Number(core?.text), Number(most?.text)];
  if (calleeName(made) !== 'ThreadPoolExecutor' || !(from < to)) return null;
  const step = `its maximum of ${to} threads is never reached, because the queue never is full: ${from === 0 ? 1 : from} do all the work`;
  return {
    unit: 'call',
    source: 'whoever hands it tasks',
    evidence: [step],
    turns: [{ place: made, repeated: made }],
    settledEarly: null,
    doubt: 'how many tasks it is handed',
  };
}
