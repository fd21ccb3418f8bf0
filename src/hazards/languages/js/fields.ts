/** So far before the sign the name is looked for. Characters. */
const longestName = 60;

/** The fields that local names stand for: `cache` of `const cache = this._cache` is `_cache`. */
export function fieldsCalled(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const { 1: field = '', index } of text.matchAll(/ = (?:this|self|that|_this|me)\.([\w$]+)(?![\w$(])/g)) {
    const name = /(?:\b(?:const|let|var)|,)\s+([\w$]+)$/.exec(text.slice(Math.max(0, index - longestName), index))?.[1];
    if (name !== undefined) fields.set(name, field);
  }
  return fields;
}

/** Is it a field that the text counts up: `this.nextId` beside `this.nextId++`? */
export const isCounter = (key: string, text: string): boolean =>
  /^(this|self)\.[\w$.]*(id|count|counter|seq|sequence|number|no|nonce)\w*$/i.test(key) &&
  (text.includes(`${key}++`) || text.includes(`++${key}`) || text.includes(`${key} += 1`));
