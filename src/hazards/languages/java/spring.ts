import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../across/climb';
import type { Growth } from '../../rule';
import { lineOf } from '../../syntax';
import { annotationName, annotationsOf, type JavaFile } from './file';
import { declaredSource } from './handlers';
import { callsOn, callsTaking, holderOf, madeType } from './held';

/** What these executors of Spring do with what is too much, unless they are told otherwise (its own defaults). */
const withoutSetting: Readonly<Record<string, string>> = {
  ThreadPoolTaskExecutor: 'the tasks that wait for its threads stand in a queue without an end',
  SimpleAsyncTaskExecutor: 'it starts a thread for every task',
};

const scheduling = /^org\.springframework\.scheduling\b/;

/** What of an executor of Spring has no end by itself; null: it is none of these. */
export const springLacks = (made: Node): string | null => withoutSetting[madeType(made)] ?? null;

/** A setting that gives an executor of Spring an end. */
export function springSetting(made: Node, file: JavaFile): string | null {
  const holder = springLacks(made) === null ? null : holderOf(made, file);
  const set = holder && callsOn(holder, /^set(QueueCapacity|ConcurrencyLimit)$/);
  const call = set?.find(({ text }) => !/\(\s*(Integer\.MAX_VALUE|-1)\s*\)$/.test(text));
  return call ? `\`${call.text}\` on line ${lineOf(call)}` : null;
}

/** An executor without an end that the application hands its `@Async` methods to, though how many this file does not show. */
export function beanOf(made: Node, file: JavaFile): Growth | null {
  const lacks = springLacks(made);
  const method = file.methodAround(made);
  if (lacks === null || !method || isSetElsewhere(made, file)) return null;
  const isBean = annotationsOf(method.node).some((each) => annotationName(each) === 'Bean');
  const runsAsync = /@EnableAsync\b|\bAsyncConfigurer\b/.test(file.text);
  const isDefault = method.name === 'getAsyncExecutor' || (isBean && method.name === 'taskExecutor');
  if (!isDefault && !(isBean && runsAsync)) return null;
  return {
    unit: 'call',
    source: method.name,
    evidence: [
      `\`${method.name}\` (line ${lineOf(method.node)}) gives it to the methods with \`@Async\`, and ${lacks}`,
    ],
    turns: [{ place: made, repeated: made }],
    settledEarly: null,
    doubt: 'how many tasks it is handed',
  };
}

/** Is it handed to somebody who may set it? */
function isSetElsewhere(made: Node, file: JavaFile): boolean {
  const holder = holderOf(made, file);
  return holder !== null && callsTaking(holder, /^(set|configure|customi[sz]e|apply|init)/).length > 0;
}

/** A method that Spring's default executor runs, once for each item. */
export function asyncOf(annotation: Node, file: JavaFile): Growth | null {
  const method = annotation.parent?.parent;
  const body = method?.childForFieldName('body');
  // A name means an executor of its own, which is judged where it is made.
  if (method?.type !== 'method_declaration' || !body || annotation.type !== 'marker_annotation') return null;
  if (
    !file.importsAny(scheduling) ||
    annotationsOf(method).some((each) => annotationName(each).startsWith('Scheduled'))
  )
    return null;
  const name = method.childForFieldName('name')?.text ?? '';
  const turns = [{ place: body, repeated: method }];
  const step = `\`@Async\` on line ${lineOf(annotation)} hands \`${name}\` to the default executor of Spring, which keeps any number of them`;
  const doubt =
    'whether the application gives that an end (`spring.task.execution.pool.queue-capacity`, or an executor of its own)';
  const source = declaredSource(method, file);
  if (source && source.doubt === undefined) {
    const { unit, text, settledEarly = null } = source;
    return { unit, source: text, evidence: [source.step, step], turns, settledEarly, doubt };
  }
  const owner = file.classAround(method)?.childForFieldName('name')?.text ?? null;
  return { ...openGrowth([{ name, owner, by: 'called', steps: [] }], turns), evidence: [step], doubt };
}
