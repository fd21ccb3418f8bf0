import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf } from '../../../syntax';
import { argumentsOf, calleeName, escaped, isFunction, receiverOf, type SourceFile } from '../file';
import { knownAs } from '../arrivals/given';
import { isOnlyCalledSeldom } from './onlyGrows';
import { isShortLived } from './weighed';

/** What a key is called that others choose. */
const chosen =
  /(^|_|[a-z])(hash|hashes|ip|addr|address|token|url|uri|user|nonce|email|host|origin|jid|nick|room|doc_?name|file_?name|user_?name|(user|room|doc|document|session|client|peer|player|channel|chat|device|msg|message|request|order|transaction|tx)_?id)$/i;

/** What a program itself fills, with as much as it has code or settings for. */
const ofProgram =
  /handler|listener|callback|route|plugin|middleware|option|config|setting|schema|type|class|module|template|provider|factory|regist|model|adapter|codec|parser|alias|metric|header|param|env|feature|method|hook|event|service|action|column|field|timer|timeout|interval|pending|promise|defer|resolve|wait|worker|shard|node|connection|stat|count|index|offset|result|respon|output|dest|target|attr|prop/i;

/** Something in the file that ends, or bounds, what is kept. */
const ending = /\b(lru|ttl|max_?age)\b|\b\w*(expire|evict|prune|sweep|clean_?up|purge)\w*\(/i;

/** A table, list or set of the module or an object that a function fills under keys that it is handed, and nothing takes from. */
export function keptForEver(place: Node, file: SourceFile): Growth | null {
  const filled = filledAt(place);
  const name = filled && (/([\w$#]+)[?!]?$/.exec(filled.into.text)?.[1] ?? '');
  if (!filled || name === null || name === '' || ofProgram.test(name)) return null;
  if (!chosen.test(/([\w$]+)$/.exec(filled.key.text)?.[1] ?? '') || ending.test(file.text)) return null;
  const around = handedKey(place, filled.key, file);
  if (!around || !isLasting(name, filled.into, around.node, file) || isTakenFrom(name, filled.into, file)) return null;
  if (isOnlyCalledSeldom(around.node, file) || isShortLived(file.classAround(place) ?? '')) return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [`\`${oneLine(place)}\` on line ${lineOf(place)} keeps something for each \`${oneLine(filled.key)}\``],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how many there are that \`${around.name}\` is handed`,
  };
}

/** `table[key] = …`, `table.set(key, …)`, `list.push(key)` */
function filledAt(place: Node): { into: Node; key: Node } | null {
  const said = place.type === 'expression_statement' ? partsOf(place)[0] : place;
  // An assignment is a place itself, and not its statement.
  const left = place.type === 'assignment_expression' ? place.childForFieldName('left') : null;
  const [into, key] =
    left?.type === 'subscript_expression'
      ? [left.childForFieldName('object'), left.childForFieldName('index')]
      : said?.type === 'call_expression' && /^(set|add|push)$/.test(calleeName(said))
        ? [receiverOf(said), argumentsOf(said)[0]]
        : [];
  return into && key && /^(identifier|member_expression)$/.test(key.type) ? { into, key } : null;
}

/** The function whose call runs the place, if it is handed the key. */
function handedKey(place: Node, key: Node, file: SourceFile): { node: Node; name: string } | null {
  const [first = ''] = key.text.split(/[.?]/);
  for (const node of ancestorsOf(place)) {
    if (!isFunction(node)) continue;
    const parameters = node.childForFieldName('parameters') ?? node.childForFieldName('parameter');
    const handed = parameters && new RegExp(`(?<![\\w$])${escaped(first)}(?![\\w$])`).test(parameters.text);
    const name = knownAs(node, file);
    if (name === null) {
      if (handed && first === key.text) return null;
      continue;
    }
    if (name === '' || (runsSeldom(name) && !/^_?create/i.test(name))) return null;
    return handed ? { node, name } : null;
  }
  return null;
}

function isLasting(name: string, into: Node, around: Node, file: SourceFile): boolean {
  const made = `(\\{\\}|\\[\\]|new (Map|Set)\\b|Object\\.create\\(null\\))`;
  if (into.type === 'member_expression') return file.says(`(?<![\\w$])${escaped(name)}(: [^=;\\n]+)?( =|:) ${made}`);
  const own = `\\b(const|let|var) ${escaped(name)}\\b[^=\\n]*= ${made}`;
  return into.type === 'identifier' && file.says(`^(export )?${own}`) && !new RegExp(own).test(around.text);
}

/** Does anything take out of it, make it anew or look how much it holds? */
function isTakenFrom(name: string, into: Node, file: SourceFile): boolean {
  const own = `${into.type === 'member_expression' ? '\\.' : '(?<![\\w$])'}${escaped(name)}`;
  const made = file.text.match(new RegExp(`${own}(: [^=;\\n]+)? = (?!null|undefined)`, 'g')) ?? [];
  return (
    made.length > 1 ||
    file.says(
      `${own}[?!]?\\.(delete|clear|shift|pop|splice|size|length)\\b|delete [\\w$.#]*\\b${escaped(name)}\\b|Object\\.keys\\([\\w$.#]*\\b${escaped(name)}\\)\\.length`,
    )
  );
}
