import { relaxed, type Environment } from '../../model/environment';
import { joined, originOf, unresolved, type Value } from './reference';

/** `APP_ORDERTOPIC` of Spring's `app.order-topic`, `Kafka__Topic` of .NET's `Kafka:Topic`; then the name itself. */
function spellingsOf(name: string): string[] {
  if (name.includes(':')) return [name.replaceAll(':', '__'), relaxed(name)];
  if (!name.includes('.')) return [name];
  return [
    name
      .replaceAll('-', '')
      .replace(/[.[\]]+/g, '_')
      .toUpperCase(),
    relaxed(name),
  ];
}

/** Settings that refer to settings, followed this far. */
const farthestSetting = 5;

/** The value of a setting, where a file of the workspace makes it; what it refers to is filled in. */
export function fromEnvironment(
  environment: Environment,
  name: string | undefined,
  depth: number = farthestSetting,
): Value {
  const set = (name === undefined ? [] : spellingsOf(name)).map((each) => environment.get(each)).find(Boolean);
  if (!set) return unresolved;
  if (set.value === null) return { ...unresolved, origin: set.origin };
  const filled = filledIn(environment, set.value, depth - 1);
  const confidence = filled.confidence === 'literal' ? 'config' : filled.confidence;
  return { ...filled, confidence, ...originOf({ ...filled, origin: set.origin }, filled) };
}

/** `orders.${app.region:eu}` with what files of the workspace say, else with the default; what neither tells is a hole. */
export function filledIn(environment: Environment, text: string, depth: number = farthestSetting): Value {
  const begin = text.indexOf('${');
  const end = begin < 0 ? -1 : endOf(text, begin);
  if (end < 0) return { text, confidence: 'literal' };
  const rest = text.slice(end + 1);
  const parts = [
    ...(begin > 0 ? [{ text: text.slice(0, begin), confidence: 'literal' } satisfies Value] : []),
    depth > 0 ? placeholder(environment, text.slice(begin + 2, end), depth) : unresolved,
    ...(rest === '' ? [] : [filledIn(environment, rest, depth)]),
  ];
  return joined(parts);
}

function placeholder(environment: Environment, inside: string, depth: number): Value {
  const [, name = inside, fallback] = /^([^:]+)(?::-?(.*))?$/s.exec(inside) ?? [];
  const set = fromEnvironment(environment, name.trim(), depth);
  if (set.text !== null || set.origin !== undefined || fallback === undefined) return set;
  const filled = filledIn(environment, fallback, depth - 1);
  return filled.confidence === 'literal' ? { ...filled, confidence: 'config' } : filled;
}

/** The brace that closes the one that opens here; -1: none does. */
function endOf(text: string, begin: number): number {
  let open = 0;
  for (let at = begin; at < text.length; at++) {
    if (text.startsWith('${', at)) open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}
