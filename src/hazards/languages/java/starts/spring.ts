import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../../across/climb';
import type { Growth } from '../../../rule';
import { lineOf, textIn } from '../../../syntax';
import { annotationName, annotationsOf, type JavaFile } from '../file';
import { declaredSource } from '../arrivals/handlers';
import { callsOn, callsTaking, holderOf, madeType } from '../held';
import { wrongBySetting } from './pools';

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
    ...wrongBySetting,
    source: method.name,
    evidence: [
      `\`${method.name}\` (line ${lineOf(method.node)}) gives it to the methods with \`@Async\`, and ${lacks}`,
    ],
    turns: [{ place: made, repeated: made }],
  };
}

/** Is it handed to somebody who may set it? */
function isSetElsewhere(made: Node, file: JavaFile): boolean {
  const holder = holderOf(made, file);
  return holder !== null && callsTaking(holder, /^(set|configure|customi[sz]e|apply|init)/).length > 0;
}

/** What no file of source shows of Spring's default executor, and the settings that do (Spring Boot's task execution). */
const unseen = {
  doubt:
    'whether the application gives that an end (`spring.task.execution.pool.queue-capacity`, or an executor of its own)',
  settings: ['spring.task.execution.pool.queue-capacity', 'spring.task.execution.simple.concurrency-limit'],
};

/** Methods that Spring's default executor runs, once for each item: the annotated one, or those of the annotated class. */
export function asyncOf(annotation: Node, file: JavaFile): Growth | null {
  const declared = annotation.parent?.parent;
  // A name means an executor of its own, which is judged where it is made.
  if (!declared || annotation.type !== 'marker_annotation' || !file.importsAny(scheduling)) return null;
  const methods = declared.type === 'class_declaration' ? runMethods(declared) : [declared];
  const growths = methods.flatMap((method) => asyncMethod(method, annotation, file) ?? []);
  const [first] = growths;
  const sure = growths.find(({ open }) => !open);
  if (sure || !first) return sure ?? null;
  const together = openGrowth(
    growths.flatMap(({ open }) => open ?? []),
    growths.flatMap(({ turns }) => turns),
  );
  return { ...together, evidence: first.evidence, ...unseen };
}

/** Methods of a class with `@Async` that others can call through Spring, but for those that say themselves where they run. */
const runMethods = (declared: Node): Node[] =>
  (declared.childForFieldName('body')?.namedChildren ?? []).filter(
    (each) =>
      each.type === 'method_declaration' &&
      !/\b(private|static)\b/.test(each.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '') &&
      annotationsOf(each).every((own) => annotationName(own) !== 'Async'),
  );

function asyncMethod(method: Node, annotation: Node, file: JavaFile): Growth | null {
  const body = method.childForFieldName('body');
  const isTimed = annotationsOf(method).some((each) => annotationName(each).startsWith('Scheduled'));
  if (method.type !== 'method_declaration' || !body || isTimed) return null;
  const name = textIn(method, 'name');
  const turns = [{ place: body, repeated: method }];
  const step = `\`@Async\` on line ${lineOf(annotation)} hands \`${name}\` to the default executor of Spring, which keeps any number of them`;
  const source = declaredSource(method, file);
  if (source && source.doubt === undefined) {
    const { unit, text, settledEarly = null } = source;
    return { unit, source: text, evidence: [source.step, step], turns, settledEarly, ...unseen };
  }
  const owner = file.classAround(method)?.childForFieldName('name')?.text ?? null;
  return { ...openGrowth([{ name, owner, by: 'called', steps: [] }], turns), evidence: [step], ...unseen };
}
