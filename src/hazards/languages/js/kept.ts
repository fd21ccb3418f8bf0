import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine, partsOf } from '../../syntax';
import { argumentsOf, calleeName, callTaking, receiverOf, type SourceFile } from './file';
import { perItem } from './growth';

/** A Map or Set of the module or a class that each message adds to, or the text of a request's body that each chunk makes longer. */
export function keptOf(place: Node, file: SourceFile): Growth | null {
  const name = keptBy(place, file);
  const growth = name === null ? null : perItem(place, file);
  if (!growth || growth.open) return null;
  const request = /\breq(uest)?\b/.test(growth.source);
  return place.type === 'expression_statement' && isText(place)
    ? request
      ? growth
      : null
    : growth.unit === 'message'
      ? growth
      : null;
}

/** A look at how long it is, or a place that takes something out. */
export function sizeGuard(place: Node, file: SourceFile): string | null {
  const name = (keptBy(place, file) ?? '').replace(/[$.]/g, '\\$&');
  if (name === '') return null;
  const guard = new RegExp(
    isText(place) ? `${name}\\.length\\s*[><]=?` : `${name}\\.(delete\\(|clear\\(|size\\b)`,
  ).exec(file.text)?.[0];
  return guard === undefined ? null : `\`${guard}\` in the file`;
}

/** Starts threads or processes of the system once for each message or request. */
export function processOf(place: Node, file: SourceFile): Growth | null {
  const threads = place.type === 'new_expression';
  if (!file.importsAny(threads ? /^(node:)?worker_threads$/ : /^(node:)?child_process$|^execa$/)) return null;
  const growth = perItem(place, file);
  return growth?.open ? (requestOf(place, file) ?? growth) : (growth ?? requestOf(place, file));
}

/** `app.post('/reports', (req, res) => …)` of a web framework. */
function requestOf(place: Node, file: SourceFile): Growth | null {
  const handler = file.functionAround(place);
  const route = handler && callTaking(handler);
  const routes = route && /^(get|post|put|patch|delete|all)$/.test(calleeName(route));
  if (!routes || !file.importsAny(/^(express|fastify|koa-router|@koa\/router|hono|restify)$/)) return null;
  const text = `${oneLine(route.childForFieldName('function') ?? route)}(${argumentsOf(route)[0]?.text ?? ''})`;
  return {
    unit: 'request',
    source: text,
    evidence: [`\`${text}\` on line ${lineOf(route)} runs the function on line ${lineOf(handler)} for each request`],
    turns: [{ place, repeated: handler }],
    settledEarly: null,
  };
}

const isText = (place: Node) => partsOf(place)[0]?.type === 'augmented_assignment_expression';

/** `body` of `body += chunk`, `seen` of `seen.add(id)`; null: it is no such thing, or does not outlive the call. */
function keptBy(place: Node, file: SourceFile): string | null {
  const [first] = partsOf(place);
  if (first?.type === 'augmented_assignment_expression') {
    const added =
      first.childForFieldName('operator')?.text === '+=' &&
      !/^\d|\.length$/.test(first.childForFieldName('right')?.text ?? '');
    const name = first.childForFieldName('left')?.text ?? '';
    if (!/^[\w$]+$/.test(name)) return null;
    const text = new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b(: string)? = (['"\`])\\2`).test(file.text);
    return added && text ? name : null;
  }
  const name = (first && receiverOf(first)?.text) ?? '';
  const plain = /^(this\.)?[\w$]+$/.test(name);
  const own = name.replace('this.', '');
  const made =
    plain &&
    new RegExp(
      `^(  (private |readonly |static |#)*|(export )?(const|let) )${own}\\b[^=\\n]*= new (Map|Set)\\b`,
      'm',
    ).test(file.text);
  return made ? name : null;
}
