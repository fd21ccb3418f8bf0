import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, statementIn, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName } from '../../../languages/java/file';
import type { Growth } from '../../../rule';
import { atOnce } from '../../atOnce';
import { fieldFor } from '../fixing';
import { withImports } from '../imports';

const names = ['slots', 'permits', 'taskSlots'];

/** A semaphore above the loop, or in a field, taken before each start and given back when the work ends. */
export function semaphore(place: Node, growth: Growth, text: string): Fix | null {
  const { turns, doubt } = growth;
  const limit = atOnce(growth);
  const name = names.find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  const statement = statementIn(place, ['block', 'constructor_body']);
  const work = argumentsOf(place).find(({ type }) => type === 'lambda_expression');
  const repeated = turns[0]?.repeated;
  if (name === undefined || doubt !== undefined || !statement || !work || !repeated) return null;
  const taken = linesAbove(statement, text, [`${name}.acquireUninterruptibly();`]);
  const made = madeAbove(repeated, place, `Semaphore ${name} = new Semaphore(${limit});`, text);
  const given = givenBack(work, place, name, text);
  if (!taken || !made || !given) return null;
  const edits = withImports(text, [made, taken, given], 'java.util.concurrent.Semaphore');
  return edits && { id: 'java/unbounded-spawn/semaphore', title: `Run at most ${limit} at once (Semaphore)`, edits };
}

function madeAbove(repeated: Node, place: Node, made: string, text: string): Edit | null {
  if (/^(while|do|for)_statement$/.test(repeated.type)) {
    const labelled = repeated.parent?.type === 'labeled_statement' ? repeated.parent : repeated;
    return linesAbove(labelled, text, [made]);
  }
  return fieldFor(place, made, text);
}

/** The work inside `try … finally { slots.release(); }`, one step further in. */
function givenBack(work: Node, place: Node, name: string, text: string): Edit | null {
  const body = work.childForFieldName('body');
  if (!body || body.text.includes('"""')) return null;
  const end = newlineOf(text);
  const outer = indentOf(body, text);
  const unit = stepOf(text);
  const inner = `${outer}${unit}`;
  const answers = calleeName(place) === 'supplyAsync' ? 'return ' : '';
  const lines = body.type === 'block' ? body.text.slice(1, -1).trim().split(/\r?\n/) : [`${answers}${body.text};`];
  const first = `${inner}${unit}${lines[0] ?? ''}`;
  const rest = lines.slice(1).map((line) => (line.trim() === '' ? '' : `${unit}${line}`));
  const all = [
    '{',
    `${inner}try {`,
    first,
    ...rest,
    `${inner}} finally {`,
    `${inner}${unit}${name}.release();`,
    `${inner}}`,
    `${outer}}`,
  ];
  return { start: body.startIndex, end: body.endIndex, text: all.join(end) };
}
