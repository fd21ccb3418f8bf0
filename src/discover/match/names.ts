import type { SourceReference } from '../../model/scan';

import { matchesPattern } from '../../model/pipeline';

/** Where a queue hangs on a RabbitMQ exchange. */
export interface Binding {
  exchange: string;
  key: string;
}

/** The exchange and the routing key of `exchange/key`, as references name what is published. */
export function exchangeAndKey(destination: string): Binding {
  const slash = destination.indexOf('/');
  return { exchange: destination.slice(0, slash), key: destination.slice(slash + 1) };
}

/** Does an exchange hand a key on by one of these bindings? A hole (`*`) in either may be anything. */
export const isBound = (bindings: readonly Binding[], { exchange, key }: Binding): boolean =>
  bindings.some(
    (binding) =>
      (binding.exchange === exchange ||
        (exchange.includes('*') && matching(exchange, [binding.exchange]).length > 0)) &&
      routes(binding.key, key),
  );

/** Topic exchanges: `*` is one word, `#` any number of them; an empty binding key is a fanout's. A hole in the key is anything. */
const routes = (bindingKey: string, key: string): boolean =>
  bindingKey === '' ||
  bindingKey === '#' ||
  wordsFit(bindingKey.split('.'), key.split('.')) ||
  (key.includes('*') && matchesPattern(key, bindingKey));

/** Each word of the key is looked at once for each word of the pattern, whatever the broker's keys are made of. */
function wordsFit(pattern: readonly string[], words: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '#') for (let end = at; end <= words.length; end++) next.add(end);
      else if (at < words.length && (part === '*' ? words[at] !== '' : part === words[at])) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(words.length);
}

/** What leaves the name of a queue open; files that set it differently are named with their values. */
export const whyUnknown = ({ origin }: SourceReference): string =>
  origin == null ? 'its name is only known when the program runs' : `its name depends on what is set: ${origin}`;

/** The names that a pattern with `*` for anything stands for. */
export const matching = (pattern: string, names: readonly string[]): string[] =>
  names.filter((name) => matchesPattern(pattern, name));
