/** What is known of a place that adds to a collection, by names. */
export interface Keeping {
  /** The class, or what the module serves. */
  owner: string;
  /** The function that adds. */
  method: string;
  /** The collection. */
  field: string;
  /** What goes in, or its key. */
  item: string;
}

type Table = readonly (readonly [points: number, words: RegExp])[];

/**
 * How much each name says that items of others are kept as long as the program runs. The first words that fit count. Values of
 * JavaScript have no types, so what a key is called weighs most here, other than in languages whose types say it.
 */
const tables: Readonly<Record<keyof Keeping, Table>> = {
  owner: [
    [
      1,
      /server|client|session|connection|store|storage|cache|tracker|scheduler|crawler|spider|scraper|monitor|dispatcher|bus|broker|transport|manager|bot|gateway|proxy|queue|worker|pool|hub|registry|controller|service|agent|peer|swarm|adapter|consumer|producer|publisher|subscriber|channel|room|cluster|engine|driver|logger|emitter|exchange/i,
    ],
  ],
  method: [
    [
      1,
      /^[_#]*(handle|on|receive|process|publish|send|push|emit|dispatch|track|mark|record|visit|crawl|fetch|load|save|store|request|forward|deliver|enqueue|log|report|message|data|remember|update|get|find|resolve|lookup|ensure|do|work|run|write|read|call|invoke|execute|ack|notify|increment|observe|count|add|set|put|join|is|has|should|check)(?![a-z])|\.on\(/i,
    ],
  ],
  field: [
    [
      2,
      /seen|visited|known|history|processed|handled|crawled|loaded|fetched|pending|waiting|in_?flight|backlog|buffer|dedup|duplicat|received|messages|events|results|requests|responses|records|entries|logs|errors|urls|links|transactions|presence|sessions|clients|peers|conns|connections|users|rooms|cache|locks|mutex|swarms|docs|tracked|queue|tickets|activity|states?$|status|(^|_)last\w|by_?(id|key|user|name|addr)/i,
    ],
  ],
  item: [
    [
      3,
      /(^|[_.]|[a-z])(ip|addr|address|token|url|uri|href|nonce|jid|mxid|cid|hash|host|hostname|((user|session|msg|message|request|req|txn?|transaction|peer|socket|conn|connection|client|chat|room|order|job|event|correlation)_?id))$/i,
    ],
    [
      2,
      /(^|[_.]|[a-z])(id|user|email|domain|origin|nick|doc_?name|user_?name|message|msg|event|packet|request|req|link|record|peer|socket|conn|connection|job|task|line|txn?|transaction|topic|session)$/i,
    ],
    [1, /(^|[_.]|[a-z])(key|path|file_?name|item|data|result|response|resource|log|query|str|text|name|channel)$/i],
  ],
};

/** So many points say that it is kept. With fewer there are more registries of a program than items of others. */
export const enough = 3;

/** How much one name says. */
export const pointsOf = (role: keyof Keeping, name: string): number =>
  tables[role].find(([, words]) => words.test(name))?.[0] ?? 0;

/** Do the names together say that it is kept? */
export function isKept({ owner, method, field, item }: Keeping): boolean {
  const ofItem = pointsOf('item', item);
  return (
    ofItem > 0 && pointsOf('owner', owner) + pointsOf('method', method) + pointsOf('field', field) + ofItem >= enough
  );
}

/** What a program itself fills, with as much as it has code or settings for. */
const ofProgram =
  /handler|listener|callback|route|plugin|middleware|option|config|setting|schema|type|class|module|template|provider|factory|regist|model|codec|parser|alias|metric|header|param|env|feature|method|hook|(?<!p)service|(?<!trans)action|column|field|timer|timeout|interval|deprecat|warn|component|command|subscri|extension|filter|pattern|script|dir|lambda|endpoint|binding|require|import|depend/i;

export const isOfProgram = (field: string): boolean => ofProgram.test(field);

/** Objects and functions that end with one piece of work, or that fill what a program declares. */
const shortLived =
  /pars(e|er)|build|visit|encod|decod|compil|transform|generat|format|serializ|print|lexer|token|context|option|config|test|suite|query|statement|frame|schema|histogram|(^|[a-z])(Request|Response|Message|Command)$|register|define|declare|walk|span|item$|entry$|relation|model|view$|page$|form$|element|trace$|mock|stub|fake|dialog|^(on|once|off|use|set|add|with[A-Z]?\w*|add[A-Z]?\w*(type|component|plugin))$|add\w*(listener|handler|hook)/i;

export const isShortLived = (name: string): boolean => shortLived.test(name);
