import type { Node } from 'web-tree-sitter';
import { stepOf, type Edit } from '../fixes/edits';
import { withImports } from '../rules/java/imports';
import { ancestorsOf, contains, lineOf, partsOf, textIn } from '../syntax';
import {
  declaredIn,
  demandNothingFilled,
  demandOwnTurns,
  free,
  functionAround,
  namesIn,
  NotPooled,
  written,
  type Loop,
  type LoopWords,
} from './loop';

export const javaWords: LoopWords = {
  loops: ['enhanced_for_statement', 'for_statement', 'while_statement', 'do_statement'],
  switches: ['switch_expression', 'switch_statement'],
  functions: ['method_declaration', 'constructor_declaration', 'lambda_expression', 'static_initializer'],
  exits: ['return_statement', 'yield_statement'],
  blocks: ['block', 'constructor_body', 'switch_block_statement_group'],
  strings: ['string_literal'],
  declarations: [
    'variable_declarator',
    'enhanced_for_statement',
    'formal_parameter',
    'catch_formal_parameter',
    'resource',
    'lambda_expression',
  ],
  writes: ['assignment_expression', 'update_expression'],
};

/** The parts of a `for (X x : xs)`. @throws {NotPooled} for another loop */
export function javaLoop(node: Node): Pick<Loop, 'body' | 'over'> {
  const over = node.childForFieldName('value');
  const body = node.childForFieldName('body');
  if (node.type !== 'enhanced_for_statement' || !over || !body)
    throw new NotPooled('This loop has no items to share out. Select a loop over a collection (for (X x : xs)).');
  return { body, over };
}

/** An executor of so many threads, which is handed no more than they can run; the first failure ends the loop. */
export function javaPool(loop: Loop): Edit[] {
  const { node, text } = loop;
  demandOwnTurns(loop, javaWords);
  demandNothingFilled(loop, javaWords, callsIn(loop.body));
  demandFinal(loop);
  demandNoCatch(loop);
  const step = stepOf(text);
  const put = written(loop, javaWords, template(loop), step);
  const edits = withImports(
    text,
    [{ start: node.startIndex, end: node.endIndex, text: put }],
    ...['CompletionException', 'ExecutorService', 'Executors', 'Semaphore', 'atomic.AtomicReference'].map(
      (name) => `java.util.concurrent.${name}`,
    ),
  );
  if (!edits) throw new NotPooled('The file has another class of the name of one that a pool needs.');
  return edits;
}

const callsIn = (body: Node) =>
  body.descendantsOfType('method_invocation').flatMap((call) => {
    const receiver = call.childForFieldName('object');
    return receiver ? [{ receiver, method: textIn(call, 'name') }] : [];
  });

/** A lambda reads only variables that never change. */
function demandFinal({ node, body }: Loop): void {
  const around = functionAround(node, javaWords);
  if (!around) return;
  const own = declaredIn(node, javaWords);
  const read = new Set(namesIn(body).map(({ text }) => text));
  const local = declaredIn(around, javaWords);
  const changing = around.descendantsOfType([...javaWords.writes]).flatMap((write) => {
    const target = write.childForFieldName('left') ?? partsOf(write)[0];
    return target?.type === 'identifier' ? [target] : [];
  });
  const found = changing.find(({ text }) => read.has(text) && local.has(text) && !own.has(text));
  if (found)
    throw new NotPooled(
      `\`${found.text}\` gets another value on line ${lineOf(found)}: work that runs beside it cannot read it.`,
    );
}

/** What the work throws comes wrapped, so a `catch` around the loop would not meet it, and may not even compile. */
function demandNoCatch({ node }: Loop): void {
  const around = functionAround(node, javaWords);
  const catching = [...ancestorsOf(node)].find(
    (outer) =>
      /^try_(with_resources_)?statement$/.test(outer.type) &&
      around !== null &&
      contains(around, outer) &&
      partsOf(outer).some(
        ({ type, text }) => type === 'catch_clause' && !/catch \((final )?(Runtime|)Exception /.test(text),
      ) &&
      partsOf(outer).some((part) => part.type === 'block' && contains(part, node)),
  );
  if (catching)
    throw new NotPooled(
      `The catch of the try on line ${lineOf(catching)} would not see what the work throws: it comes as a CompletionException.`,
    );
}

function template({ node, body, text, size }: Loop): string[] {
  const head = text.slice(node.startIndex, body.startIndex).trimEnd();
  const pool = free(text, 'pool', 'workers', 'workPool');
  const slots = free(text, 'slots', 'permits', 'workSlots');
  const failure = free(text, 'failure', 'firstFailure', 'workFailure');
  const problem = free(text, 'problem', 'workProblem', 'thrown');
  return [
    `ExecutorService ${pool} = Executors.newFixedThreadPool(${size});`,
    `Semaphore ${slots} = new Semaphore(${size});`,
    `AtomicReference<Exception> ${failure} = new AtomicReference<>();`,
    'try {',
    `\t${head} {`,
    `\t\tif (${failure}.get() != null) break;`,
    `\t\t${slots}.acquireUninterruptibly();`,
    `\t\t${pool}.execute(() -> {`,
    '\t\t\ttry {',
    '\t\t\t\t@body',
    `\t\t\t} catch (Exception ${problem}) {`,
    `\t\t\t\t${failure}.compareAndSet(null, ${problem});`,
    '\t\t\t} finally {',
    `\t\t\t\t${slots}.release();`,
    '\t\t\t}',
    '\t\t});',
    '\t}',
    '} finally {',
    `\t${slots}.acquireUninterruptibly(${size});`,
    `\t${pool}.shutdown();`,
    '}',
    `if (${failure}.get() != null) throw new CompletionException(${failure}.get());`,
  ];
}
