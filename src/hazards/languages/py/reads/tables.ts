import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf } from '../../../syntax';
import { argumentsOf, assignedAbove, calleeName, receiverText, type PythonFile } from '../file';
import { perItem } from '../growth';

/** What is asked of a table, so that not all of it comes. */
export const conditions = 'filter|filter_by|where|having|join|outerjoin|get|slice|yield_per|paginate|partitions';
const condition = new RegExp(`\\.(${conditions})\\(`);

/** `session.query(Order).all()`, `session.scalars(select(Order)).all()`: all of a table, for each message or request. */
export function wholeTable(call: Node, file: PythonFile): Growth | null {
  if (!file.importsAny(/^(sqlalchemy|sqlmodel|flask_sqlalchemy)(\.|$)/)) return null;
  const asked = statementOf(call);
  const table = /\b(?:query|select)\(\s*([\w.]+)\s*\)/.exec(asked)?.[1] ?? /^(\w+)\.query$/.exec(asked)?.[1];
  if (table === undefined || condition.test(asked)) return null;
  const found = perItem(call, file);
  if (!found || !/^(message|request|call)$/.test(found.unit)) return null;
  const step = `${placeOf(call)} brings all of \`${table}\``;
  return { ...found, evidence: [...found.evidence, step], doubt: `how much \`${table}\` holds` };
}

/** What is asked of the database: the chain before `.all()`, and the statement that a name in it stands for. */
function statementOf(call: Node): string {
  const chain = receiverText(call);
  const run = call
    .descendantsOfType('call')
    .find((each) => /^(execute|scalars|exec)$/.test(calleeName(each)) && argumentsOf(each).length > 0);
  const [given] = run ? argumentsOf(run) : [];
  const meant = given?.type === 'identifier' ? assignedAbove(given.text, call) : null;
  return meant ? `${chain} ${meant.text}` : chain;
}

/** A number of them that is asked for. */
export function takes(call: Node): string | null {
  const limit = /\.limit\(([^()]*)\)/.exec(statementOf(call));
  return limit ? `\`limit(${limit[1] ?? ''})\`` : null;
}
