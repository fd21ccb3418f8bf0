/**
 * What only grows is harmless where the keys are those of a few: devices of a house, rooms, queues, settings. Values of
 * JavaScript have no types, so the name of the key tells of which ones ever new ones come, and of others the collection's.
 */
const everNew =
  /(^|[_.]|[a-z])(ur[li]|href|hash|nonce|jti|host|host_?name|server_?name|domain|email|topic|(msg|message|event|req|request|tx|txn|transaction|order|job|correlation)_?id)$/i;

/** Keys of anything. */
const ofAnything = /(^|[_.]|[a-z])(id|key|ip|addr|address|nick|user)$/i;

/** Names of collections that remember what came. */
const remembering =
  /seen|visited|history|received|processed|handled|crawled|fetched|dedup|duplicat|attempts|hits|fail|banned|blocked/i;

/** What a program itself fills, with as much as it has code or settings for. */
const ofProgram =
  /handler|listener|callback|route|plugin|middleware|option|config|setting|schema|type|class|module|template|provider|factory|regist|model|codec|parser|alias|metric|header|param|env|feature|method|hook|(?<!p)service|(?<!trans)action|column|field|timer|timeout|interval|deprecat|warn|component|command|subscri|extension|filter|pattern|script|dir|lambda|endpoint|binding|require|import|depend/i;

export const isOfProgram = (field: string): boolean => ofProgram.test(field);

/** What is open towards others, and ends with them. */
const open = /connection|conns?$|clients?$|sessions?$|sockets?$|channels?$|quer(y|ies)$|queues?$/i;

/** May ever new ones come of keys of the name? */
export const mayBeNew = (item: string): boolean => everNew.test(item) || ofAnything.test(item);

/** Do the names say that ever new ones come, and stay? */
export const isEverNew = (field: string, item: string): boolean =>
  !isOfProgram(field) &&
  !open.test(field) &&
  (everNew.test(item) || (ofAnything.test(item) && remembering.test(field)));

/** Objects and functions that end with one piece of work, or that fill what a program declares. */
const shortLived =
  /pars(e|er)|build|visit|encod|decod|compil|transform|generat|format|serializ|print|lexer|token|context|option|config|test|suite|query|statement|frame|schema|histogram|(^|[a-z])(Request|Response|Message|Command)$|register|define|declare|walk|span|item$|entry$|relation|model|view$|page$|form$|element|trace$|mock|stub|fake|dialog|^(on|once|off|use|set|add|with[A-Z]?\w*|add[A-Z]?\w*(type|component|plugin))$|add\w*(listener|handler|hook)/i;

export const isShortLived = (name: string): boolean => shortLived.test(name);
