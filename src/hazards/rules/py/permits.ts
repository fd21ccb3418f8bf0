import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Edit } from '../../fixes/edits';
import { argumentsOf } from '../../languages/py/file';
import { ancestorsOf } from '../../syntax';

const names = ['slots', 'permits', 'task_slots'];

/** What a semaphore is called: the first name that the file has not; undefined: it has all. */
export const freeName = (text: string) => names.find((each) => !new RegExp(`\\b${each}\\b`).test(text));

/** The line that gives the permit back when the work is done, below the statement and the comment behind it. */
export function givenBack(statement: Node, text: string, work: string, slots: string): Edit {
  const comment = /^[ \t]*#[^\r\n]*/.exec(text.slice(statement.endIndex))?.[0] ?? '';
  const at = statement.endIndex + comment.length;
  const line = `${newlineOf(text)}${indentOf(statement, text)}${work}.add_done_callback(lambda _: ${slots}.release())`;
  return { start: at, end: at, text: line };
}

/**
 * Would an error between the permit and the start keep the permit for ever, as a `try` lets the loop go on?
 * @param coroutine what is made for the start alone
 */
export function mayKeepPermit(place: Node, loop: Node, coroutine: Node | undefined): boolean {
  const around = [...ancestorsOf(place)];
  const inside = around.slice(
    0,
    around.findIndex(({ id }) => id === loop.id),
  );
  const given = argumentsOf(place).flatMap((each) => each.descendantsOfType(['call', 'await', 'subscript']));
  return inside.some(({ type }) => type === 'try_statement') && given.some(({ id }) => id !== coroutine?.id);
}
