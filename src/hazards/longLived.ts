/**
 * What only grows is harmless in a parser and a hazard in a server, and one file seldom shows which of the two it is.
 * Names do, a little each: of who holds it, of the method that adds, of the collection, and of what is put in. No one of
 * them is enough, so each gives points. Go and Python share these words; JavaScript, whose values have no types, has
 * words of its own (`languages/js/collections/everNew.ts`).
 */

/** Names around a collection that something is put into. */
export interface Keeping {
  /** The class, type or module that holds it. */
  owner: string;
  /** The function that puts something in. */
  method: string;
  /** The field or variable that is the collection. */
  field: string;
  /** What is put in: its parts, the parameters that it comes from, their types. */
  item: string;
  /** Do several threads reach it, is it of the whole program? Then it does not end with one call. */
  shared: boolean;
  /** Is it kept under a key of which ever new ones come, as far as the source tells? Absent: it does not tell. */
  limitless?: boolean;
  /** So many points are enough, where the source tells more than names; absent: as many as elsewhere. */
  least?: number;
}

/** Words and the points that each gives. */
type Points = Readonly<Record<string, number>>;

const each = (points: number, words: string): Points =>
  Object.fromEntries(words.split(/\s+/).map((word) => [word, points]));

/** Those that live as long as the program or a connection, and those that are gone when their call ends. */
const owners: Points = {
  ...each(
    2,
    'server client session connection transport channel broker dispatcher bus crawler spider scheduler tracker monitor manager store storage pipeline consumer producer publisher subscriber emitter reporter collector endpoint gateway proxy kernel peer agent relay receiver sender poller watcher recorder limiter aggregator deduplicator remover throttler balancer exporter sink cache hub room bot acceptor debugger',
  ),
  ...each(
    1,
    'handler processor worker engine service router listener driver stream socket queue appender filter repository buffer history log coordinator controller supervisor',
  ),
  ...each(
    -4,
    'builder parser visitor compiler generator encoder decoder serializer deserializer serialiser formatter lexer tokenizer test tests mock example sample demo benchmark config configuration options option settings properties module loader resolver introspector metadata meta schema type types descriptor definition plan planner analyzer optimizer exception error report element document model form util utils helper helpers command args arguments cli statement query converter mapper printer expression template annotation reflection plugin factory bean initializer bootstrap codec marshaller matrix graph tree iterator comparator message request response event record packet header headers dto entity info result spec context environment binding bindings translator transformer migration installer validator enum snapshot trace tracer state status batch iteration process operation command step call block unit transaction function assignor summary descriptor simulator',
  ),
};

/** Those that run for each item, and those that run while something starts. */
const methods: Points = {
  ...each(
    2,
    'handle on receive received process publish send sent push visit visited track accept consume dispatch emit notify post enqueue observe report message messages request requests response incoming packet frame event arrived read write submit next call invoke execute feed collect crawl schedule hit mark duplicate increment count rate login join',
  ),
  ...each(
    1,
    'add put offer append record log lookup resolve check update save store record remember retain ack track get',
  ),
  ...each(
    -4,
    'init initialize configure configuration config register subscribe build load parse set with install define bind setup start open bootstrap listener listeners handler handlers interceptor filter plugin provider factory converter extension option options property module import include require declare create use type class attribute header param parameter constructor main test static scan populate activate reload restore read0 add0 copy clone merge from decode prepare compile generate visit0 validator route mapping local',
  ),
};

/** Collections of what comes in, and those of what the program is made of. */
const fields: Points = {
  ...each(
    2,
    'pending waiting inflight flight outstanding backlog queue buffer history seen visited results events messages requests received sent processed unacked responses answers calls futures promises known visits urls uris links addresses peers tokens ids tickets records entries items logs errors failures failed completed finished done collected batches packets frames fragments chunks jobs tasks transactions nonces samples datapoints log devices users ips hosts stats counters hits blacklist blacklisted banned duplicates',
  ),
  ...each(
    1,
    'sessions clients connections channels subscriptions locks timers counts cache cached last by timestamps attempts metrics gauges meters histograms map states status',
  ),
  ...each(
    -4,
    'handlers handler listeners listener callbacks filters interceptors plugins converters factories providers provider types type classes class methods properties property options config configs configuration settings attributes params parameters headers columns definitions mappings modules rules extensions extension codecs serializers deserializers hooks observers routes resolvers adapters loaders children annotations fields constants aliases defaults strategies commands services beans processors functions injectors validators formats languages locales args arguments supported registry registered factory decorators contributors customizers initializers servlets threads workers closeables resources schemas names features capabilities templates',
  ),
};

/** What comes from outside one after the other, and what a program has a few of. */
const items: Points = {
  ...each(
    2,
    'request requests req message messages msg event events evt url uri urls link peer addr address remote session token packet frame datagram record user uid uuid ip host sender transaction correlation sequence seq nonce job task span page visitor principal login item update command',
  ),
  ...each(
    1,
    'id key hash client connection channel socket subscription ticket query response timestamp payload data value exception',
  ),
  ...each(
    -3,
    'class clazz type types listener handler callback config configuration property option annotation method constructor field factory provider plugin module converter filter interceptor locale enum charset extension codec resolver strategy schema definition column closeable broker stream consumer producer destination service store region partition node segment subscriber cluster replica bookie server executor worker thread name names topic queue namespace table file stat counter gauge',
  ),
};

/** `HTTPServer_pool` as `http`, `server`, `pool`. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/** The best and the worst word count, or a long name would weigh more than a short one. */
function pointsIn(name: string, points: Points): number {
  const given = wordsOf(name).map((word) => pointsFor(word, points));
  return Math.max(0, ...given) + Math.min(0, ...given);
}

const pointsFor = (word: string, points: Points) => (Object.hasOwn(points, word) ? (points[word] ?? 0) : 0);

/** The last word that is known says what it is: a `MessageCollector` collects. */
function pointsOfOwner(name: string): number {
  const words = wordsOf(name);
  const kind = words.findLast((word) => pointsFor(word, owners) !== 0);
  return words.some((word) => forShow.has(word)) ? -4 : kind === undefined ? 0 : pointsFor(kind, owners);
}

const forShow = new Set([
  'test',
  'tests',
  'testing',
  'mock',
  'fake',
  'dummy',
  'stub',
  'example',
  'sample',
  'demo',
  'benchmark',
  'tool',
]);

/** So many points say that it is held long and filled with each item. */
const enough = 6;

/** Asked before it is known what is put in: may what is left of the names still say that it is kept? */
export const mayBeKept = (owner: string, field: string): boolean =>
  pointsIn(field, fields) >= 0 && pointsOfOwner(owner) >= 0;

/** What comes from outside, ever new, whoever keeps it: addresses, people, tokens, messages. */
const outside = new Set(
  'userid person account customer url urls uri uris link host hostname netloc domain addr address remote ip mac nick nickname user uid username email mail jid peer proxy visitor principal login player sender token session message msg event evt request req packet frame datagram transaction nonce uuid correlation digest'.split(
    ' ',
  ),
);

/** What begins the name of a function that says what is so from now on, or looks something up: seldom of one that only starts. */
const telling = /^_*(?:set|get)_?(?=[a-zA-Z])/;

/** Names of what somebody sets up, as many as there are of it. */
const setUp = /allow|permit|trust|pattern|listen|fill|expect|reserv|start_?up|^_*on$/i;

/**
 * Is something from outside kept under its own name, or put in as it came? That says more than who keeps it, so that
 * it is enough if no name of the owner, the method or the field speaks against it.
 */
export function isKeptFromOutside({ owner, method, field, item }: Keeping): boolean {
  if (!wordsOf(item).some((word) => outside.has(word)) || pointsIn(item, items) < 0) return false;
  if (setUp.test(method) || setUp.test(field)) return false;
  const [ofMethod, ofField] = [pointsIn(method.replace(telling, ''), methods), pointsIn(field, fields)];
  const ofOwner = pointsOfOwner(owner);
  if (Math.min(ofMethod, ofField, ofOwner) < 0) return false;
  return ofOwner + ofMethod + ofField >= 0;
}

/**
 * What all names around a queue say together: below two they speak of something that there are few of, or that ends
 * with one call. Whatever stands in a queue waits there, so its own name only speaks for it.
 */
export const pointsOfLine = ({ owner, method, field, item }: Omit<Keeping, 'shared'>): number =>
  Math.max(-3, pointsOfOwner(owner)) +
  pointsIn(method, methods) +
  Math.max(0, pointsIn(field, fields)) +
  Math.max(-1, pointsIn(item, items));

/** Do the names say that the collection lives long, and that something is put into it with each item that comes? */
export function isKeptPerItem(keeping: Keeping): boolean {
  const { owner, method, field, item, shared, limitless, least = enough } = keeping;
  const [ofMethod, ofField, ofItem] = [pointsIn(method, methods), pointsIn(field, fields), pointsIn(item, items)];
  const ofOwner = pointsOfOwner(owner);
  if (Math.min(ofMethod, ofField) < 0 || ofItem <= 0 || (limitless === true && ofOwner <= 0)) return false;
  return ofOwner + ofMethod + ofField + ofItem + (shared ? 1 : -1) + (limitless === true ? 2 : 0) >= least;
}

/** Names of collections whose entries are taken out when an answer comes, which may never be. */
export const awaitsAnswer = (field: string): boolean => wordsOf(field).some((word) => awaiting.has(word));

const awaiting = new Set(
  'pending waiting inflight flight outstanding unacked requests calls futures promises callbacks responses replies answers continuations'.split(
    ' ',
  ),
);
