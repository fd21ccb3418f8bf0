import type { Node } from 'web-tree-sitter';
import { allOf, anyOf, naming } from '../../../words';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { fetchesAny, ofAnswer, type Arriving } from './streams';

/** A call of a library that holds all there is, because nothing in it says how much that may be. */
interface LibraryRead extends Arriving {
  call: RegExp;
  /** What must be imported, or what it must be called on; absent: anything. */
  imports?: RegExp;
  on?: RegExp;
  /** Its arguments, as they stand; absent: any. */
  given?: RegExp;
}

const request = {
  what: 'the whole body of a request, as there is no limit unless one is set',
  doubt: 'whether what stands in front of it limits bodies',
};
const stored = { what: 'the whole object of a store, however large it is', doubt: 'how large its objects are' };
const rows = { what: 'all that a query finds, however much that is', doubt: 'how much the query finds' };
const members = {
  what: 'all that is kept under a key, or all keys, however many there are',
  doubt: 'how many there are of them',
};

const redis =
  /^(redis\.clients|io\.lettuce|org\.redisson|org\.springframework\.data\.redis|com\.lambdaworks|io\.quarkus\.redis)\b/;

/** What the documentation of the libraries says about them. The first that fits counts. */
const libraryReads: readonly LibraryRead[] = [
  { call: /^of(String|ByteArray)$/, on: /\bBodyHandlers$/, ...ofAnswer },
  { call: /^(string|bytes|byteString)$/, on: /[bB]ody(\(\))?$/, given: /^$/, imports: /^(okhttp3|retrofit2|com\.squareup\.okhttp)\b/, ...ofAnswer }, // prettier-ignore
  { call: /^readEntity$/, given: /^(String|byte\[\])\.class$/, imports: /\.ws\.rs\b/, ...ofAnswer },
  { call: /^returnContent$/, imports: /^org\.apache\.(http|hc)\b/, ...ofAnswer },
  { call: /^getFor(Object|Entity)$/, given: /,\s*(String|byte\[\])\.class\b/, imports: /^org\.springframework\.web\b/, ...ofAnswer }, // prettier-ignore
  { call: /^parseAsString$/, imports: /^com\.google\.api\.client\b/, ...ofAnswer },
  { call: /^as(String|Bytes|Json)$/, given: /^$/, imports: /^(kong|com\.mashape)\.unirest\b/, ...ofAnswer },
  { call: /^bodyAs(Buffer|String|JsonObject|JsonArray)$/, imports: /^io\.vertx\.(\w+\.)?ext\.web\.client\b/, ...ofAnswer }, // prettier-ignore
  { call: /^body(AsBytes)?$/, on: /^req(uest)?$/, given: /^$/, imports: /^spark\b/, ...request },
  { call: /^parseBody$/, imports: /^fi\.iki\.elonen\b/, ...request },
  { call: /^into$/, given: /^new \w*List\b/, imports: /^com\.mongodb\b/, ...rows },
  { call: /^all$/, on: /\b(rs|\w*[rR]esult\w*|\w*[rR]ows)$|\bexecute\([^]*\)$/, given: /^$/, imports: /^com\.datastax\b/, ...rows }, // prettier-ignore
  { call: /^list$/, on: /\b\w*[rR]esult\w*$|\brun\([^]*\)$/, imports: /^org\.neo4j\.driver\b/, ...rows },
  { call: /^download(String|Bytes)$/, on: /^HttpUtil$/, imports: /^cn\.hutool\b/, ...ofAnswer },
  { call: /^(asString|asByteArray)$/, on: /\.aggregate\(\)$/, imports: /^reactor\.netty\b/, ...ofAnswer },
  { call: /^(bodyHandler|body)$/, on: /(^|[\s.])(req|request)(\(\))?$/i, imports: /^io\.vertx\b/, ...request },
  { call: /^bodyHandler$/, on: /(^|[\s.])(res|resp|response)(\(\))?$/i, imports: /^io\.vertx\b/, ...ofAnswer },
  { call: /^receiveFull(Bytes|String)$/, imports: /^io\.undertow\b/, ...request },
  { call: /^getObjectAs(String|Bytes)$/, imports: /^(com\.amazonaws|software\.amazon)\b/, ...stored },
  { call: /^toBytes$/, on: /ResponseTransformer$/, ...stored },
  { call: /^(readAllBytes|downloadContent)$/, on: /(storage|blob\w*)(\(\))?$/i, imports: /^com\.(google\.cloud\.storage|azure\.storage)\b/, ...stored }, // prettier-ignore
  { call: /^keys$/, on: /(jedis|redis|commands|template|client|connection|sync\(\))\w*(\(\))?$/i, given: /./, imports: redis, ...members }, // prettier-ignore
  { call: /^(lrange|zrange|zrevrange|range)$/, given: /,\s*0L?,\s*-1L?$/, imports: redis, ...members },
  { call: /^(smembers|hgetAll|hgetall|hvals|hkeys)$/, given: /^(?!.*\b[A-Z_]{3})[^"]+$/, imports: redis, ...members },
];

/** Classes that bring what their callers ask for, or the few parts of a program. */
const ofCallers = /(Map|Set|List|Cache|Template|Commands|Operations|Registry)$/;

/** What a call of a library holds; null: it is none that is known. */
export function libraryReadOf(call: Node, file: JavaFile): Arriving | null {
  const name = calleeName(call);
  const found = libraryReads.find(
    (each) =>
      each.call.test(name) &&
      each.on?.test(receiverText(call)) !== false &&
      each.given?.test(argumentsOf(call).map(({ text }) => text).join(', ')) !== false, // prettier-ignore
  );
  if (!found || (found.imports && !file.importsAny(found.imports))) return null;
  // The library itself passes on what its callers ask for.
  if (found.imports?.test(/^package ([\w.]+)/m.exec(file.text)?.[1] ?? '') === true) return null;
  const owner = file.classAround(call)?.childForFieldName('name')?.text ?? '';
  if (found.what === members.what && ofCallers.test(owner)) return null;
  if (found.what === ofAnswer.what && !fetchesAny(call, file)) return null;
  return { what: found.what, doubt: found.doubt };
}

/** Words of files that make such a call. */
export const libraryReadWords = allOf(
  /\.(readEntity\((S|b)|getFor(Object|Entity)\(|parseAsString|bodyAs|parseBody|as(Json)\(|into\(|all\(\)|list\(|returnContent\(\)|download(String|Bytes|Content)\(|receiveFull|getObjectAs|of(String|ByteArray)\(|toBytes\(|(string|bytes|byteString)\(\)|as(String|ByteArray)\(|body(Handler)?\(|readAllBytes\(|keys\(\w|smembers\(|h(getAll|getall|vals|keys)\(\w|[lz]?(rev)?range\()/,
  anyOf(
    naming('.readEntity(String.class', '.readEntity(byte[].class', '.returnContent()', 'HttpUtil.download'),
    naming('.receiveFullBytes(', '.receiveFullString(', '.getObjectAsString(', '.getObjectAsBytes('),
    naming('BodyHandlers.ofString(', 'BodyHandlers.ofByteArray(', 'ResponseTransformer.toBytes('),
    allOf(naming('ody().', 'ody.'), /[bB]ody(\(\))?\.(string|bytes|byteString)\(\)/),
    allOf(naming('springframework.web'), /\.getFor(Object|Entity)\([^;]*,\s*(String|byte\[\])\.class/),
    naming('.parseAsString()', '.bodyAsString(', '.bodyAsBuffer(', '.bodyAsJson', '.bodyAsBytes(', '.parseBody('),
    allOf(naming('.unirest.'), /\.as(String|Bytes|Json)\(\)/),
    allOf(naming('import spark.'), naming('.body()')),
    allOf(naming('com.mongodb'), naming('.into(new')),
    allOf(naming('com.datastax'), naming('.all()')),
    allOf(naming('neo4j.driver'), naming('.list(')),
    allOf(naming('.aggregate()'), /\.aggregate\(\)\s*\.as(String|ByteArray)\(/),
    allOf(naming('import io.vertx'), naming('.bodyHandler(', '.body(')),
    allOf(naming('google.cloud.storage', 'azure.storage'), naming('.readAllBytes(', '.downloadContent(')),
    allOf(
      naming('redis.clients', 'io.lettuce', 'org.redisson', 'springframework.data.redis'),
      /\.(keys|smembers|hgetAll|hgetall|hvals|hkeys)\(\w|,\s*0L?,\s*-1L?\)/,
    ),
  ),
);
