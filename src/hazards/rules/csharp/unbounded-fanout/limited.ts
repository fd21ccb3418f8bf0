import type { Node } from 'web-tree-sitter';
import { linesAbove, newlineOf, statementIn, indentOf, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { argumentsOf, wholeOf } from '../../../languages/csharp/calls';
import { isAsynchronous, isFunction } from '../../../languages/csharp/file';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { freeName, semaphoreType } from '../unbounded-spawn/semaphore';

const limit = 8;

/** A semaphore inside what each element runs: all are made, eight run. */
export function limited(place: Node, { turns }: Growth, text: string): Fix | null {
  const select = turns[0]?.place;
  const lambda = select?.type === 'invocation_expression' ? argumentsOf(select)[0] : undefined;
  const body = lambda?.childForFieldName('body');
  const statement = select && statementIn(select, ['block']);
  const name = freeName(text);
  if (lambda?.type !== 'lambda_expression' || !body || !statement || name === undefined) return null;
  const made = linesAbove(statement, text, [`var ${name} = new ${semaphoreType(text)}(${limit});`]);
  const edits = made && permitAround(lambda, body, statement, name, isUsed(place), text);
  return (
    edits && {
      id: 'csharp/unbounded-fanout/limited',
      title: `Run at most ${limit} at once (SemaphoreSlim)`,
      edits: [made, ...edits],
    }
  );
}

/** Is what the tasks give looked at, so that they must give it? A method that returns a plain task hands nothing on. */
function isUsed(place: Node): boolean {
  const whole = wholeOf(place);
  const outer = whole.parent?.type === 'await_expression' ? whole.parent.parent : whole.parent;
  if (!/^(return_statement|arrow_expression_clause)$/.test(outer?.type ?? ''))
    return outer?.type !== 'expression_statement';
  const around = [...ancestorsOf(place)].find(isFunction);
  return !/^(Task|ValueTask|void)$/.test(
    (around?.childForFieldName('returns') ?? around?.childForFieldName('type'))?.text ?? '',
  );
}

/** The body in a `try` behind a permit, which is given back in `finally`. */
function permitAround(
  lambda: Node,
  body: Node,
  statement: Node,
  name: string,
  used: boolean,
  text: string,
): Edit[] | null {
  const end = newlineOf(text);
  const indent = indentOf(statement, text);
  const step = stepOf(text);
  const inside = `${indent}${step}`;
  const isBlock = body.type === 'block';
  if (isBlock && !isAsynchronous(lambda)) return null;
  const work = isBlock ? undefined : body.type === 'await_expression' ? body.text : `await ${body.text}`;
  const tried = isBlock
    ? indented(body.text, end, step)
    : `{${end}${inside}${step}${used ? 'return ' : ''}${work ?? ''};${end}${inside}}`;
  if (tried === null) return null;
  const lines = [`{`, `${inside}await ${name}.WaitAsync();`, `${inside}try`, `${inside}${tried}`, `${inside}finally`];
  const last = [`${inside}{`, `${inside}${step}${name}.Release();`, `${inside}}`, `${indent}}`];
  const begin = isAsynchronous(lambda) ? [] : [{ start: lambda.startIndex, end: lambda.startIndex, text: 'async ' }];
  const arrow = lambda.children.find(({ type }) => type === '=>');
  const start = isBlock || !arrow ? body.startIndex : arrow.endIndex;
  const put = [...lines, ...last].join(end);
  return [...begin, { start, end: body.endIndex, text: isBlock ? put : `${end}${indent}${put}` }];
}

/** A step further in; null: a text over several lines would change. */
const indented = (block: string, end: string, step: string): string | null =>
  /@"|"""/.test(block) ? null : block.split(end).join(`${end}${step}`);
