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
function routes(bindingKey: string, key: string): boolean {
  if (bindingKey === '' || bindingKey === '#') return true;
  const pattern = bindingKey
    .split('.')
    .map((word) => (word === '#' ? '.*' : word === '*' ? '[^.]+' : escaped(word)))
    .join('\\.');
  return new RegExp(`^${pattern}$`).test(key) || (key.includes('*') && matching(key, [bindingKey]).length > 0);
}

/** The names that a pattern with `*` for anything stands for. */
export const matching = (pattern: string, names: readonly string[]): string[] => {
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's');
  return names.filter((name) => expression.test(name));
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
