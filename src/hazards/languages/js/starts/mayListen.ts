import type { Words } from '../../../rule';
import { escaped } from '../file';

/** A listener of events that come one after the other, or an async one of any: `async` where it is one itself, else what it names or calls. */
const listeners =
  /\.(on|addListener)\(\s*['"]([^'"\n]*(message|event|msg|packet|notification|job|update)[^'"\n]*|data|rows?|frames?|publish(ed)?|tasks?|delivery|records?|documents?|entry|entries|ephemeral|raw|samples?|readings?|telemetry|item|payload|chunk|ops?|commands?|tick|trade|block|tx|transaction|changes)['"]\s*,\s*(async\b|([\w$.#]*?[.#])?(?<named>[\w$]+)(\.bind\([\w$.]+\))?\s*\)|(\([^()\n]*\)|[\w$]+)\s*=>\s*(void\s+)?([\w$.#]*[.#])?(?<called>[\w$]+)\()/g;

const asyncThere =
  /\.on\(\s*['"][^'"\n]+['"]\s*,\s*async\b|\.p?[sS]ubscribe\([^;{]*\basync\b|\.onmessage = async\b|\.addEventListener\(\s*['"]message['"]\s*,\s*async\b/;

/** Words of a file in which an emitter may be handed an async function: one that is async itself, or one that is declared so. */
export const mayListen: Words = {
  test(text) {
    if (!/\basync\b/.test(text)) return false;
    const seen = new Set<string>();
    for (const { groups } of text.matchAll(listeners)) {
      const name = groups?.named ?? groups?.called;
      if (name === undefined) return true;
      if (!seen.has(name) && isDeclaredAsync(name, text)) return true;
      seen.add(name);
    }
    return asyncThere.test(text);
  },
};

/** `async handle(`, `async function handle(`, `handle = async (`, and `handle = (event) => …`, which may call one. */
const isDeclaredAsync = (name: string, text: string): boolean =>
  new RegExp(
    `(?<![\\w$])${escaped(name)}(?![\\w$])((?<=\\basync\\s[^(){};=]*)|[^;\\n]*=[^;\\n]*(\\basync\\b|=>))`,
  ).test(text);
