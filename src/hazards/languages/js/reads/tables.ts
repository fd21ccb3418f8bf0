import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, isFunction, receiverOf, stringOf, type SourceFile } from '../file';
import { knownAround, orMeanwhile } from '../arrivals/given';
import { perItem } from '../growth';

const webFrameworks = /^(express|fastify|koa-router|@koa\/router|hono|restify|polka)(\/.*)?$/;

/** `prisma.order.findMany()`, `orders.find().toArray()`: all of a table or collection, for each message or request. */
export function wholeTable(call: Node, file: SourceFile): Growth | null {
  const asked = calleeName(call) === 'findMany' ? ofPrisma(call) : ofMongo(call);
  if (!asked) return null;
  const told = (found: Growth | null): Growth | null => found && { ...found, ...bringing(call, asked, found) };
  const own = perItem(call, file) ?? perRequest(call, file);
  const counts = own !== null && /^(message|request|call)$/.test(own.unit);
  return orMeanwhile(told(counts ? own : null), () => told(perCall(call, file)));
}

const bringing = (call: Node, asked: string, { evidence }: Growth): Pick<Growth, 'evidence' | 'doubt'> => ({
  evidence: [...evidence, `${placeOf(call)} brings all of \`${asked}\``],
  doubt: `how much \`${asked}\` holds`,
});

/** A function of a name that may run at any time. */
function perCall(call: Node, file: SourceFile): Growth | null {
  const around = knownAround(call, file, (name) => name !== '');
  if (!around || runsSeldom(around.name)) return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [],
    turns: [{ place: call, repeated: around.node }],
    settledEarly: null,
  };
}

/** The table that is read without a condition; null: it is read with one, or with what this file does not show. */
function ofPrisma(call: Node): string | null {
  const [options] = argumentsOf(call);
  const table = receiverOf(call)?.text ?? '';
  const known = options === undefined || (options.type === 'object' && !/\b(where|cursor)\b|\.\.\./.test(options.text));
  return known && /^[\w.]*\b(prisma|db|tx|client)\b[\w.]*\.\w+$/i.test(table) ? table : null;
}

/** The collection whose `find` has no condition. */
function ofMongo(call: Node): string | null {
  const find = [...chain(call)].find((each) => calleeName(each) === 'find');
  const [filter] = find ? argumentsOf(find) : [];
  const all = filter === undefined || (filter.type === 'object' && partsOf(filter).length === 0);
  const collection = find && receiverOf(find);
  return all && collection ? oneLine(collection) : null;
}

/** The calls that the call is chained behind, the nearest first. */
function* chain(call: Node): Generator<Node> {
  for (let each = receiverOf(call); each?.type === 'call_expression'; each = receiverOf(each)) yield each;
}

/** A number of them that is asked for. */
export function takes(call: Node): string | null {
  if (calleeName(call) === 'findMany') {
    const taken = /\b(take|limit)\s*:\s*[^,}]+/.exec(argumentsOf(call)[0]?.text ?? '')?.[0];
    return taken === undefined ? null : `\`${taken.trim()}\``;
  }
  const limit = [...chain(call)].find((each) => calleeName(each) === 'limit');
  return limit ? `\`limit(${argumentsOf(limit)[0]?.text ?? ''})\`` : null;
}

/** `app.get('/orders', async (request, response) => …)`: a function that a web framework runs for each request. */
function perRequest(place: Node, file: SourceFile): Growth | null {
  if (!file.importsAny(webFrameworks)) return null;
  for (const outer of ancestorsOf(place)) {
    const route = isFunction(outer) ? callTaking(outer) : null;
    if (!route || !/^(get|post|put|patch|delete|all)$/.test(calleeName(route))) continue;
    const path = stringOf(argumentsOf(route)[0]);
    if (path?.startsWith('/') !== true) continue;
    const text = `${calleeName(route)} ${path}`;
    const evidence = [`\`${text}\` runs the function on line ${lineOf(outer)} for each request`];
    return { unit: 'request', source: text, evidence, turns: [{ place, repeated: outer }], settledEarly: null };
  }
  return null;
}
