import { allOf } from '../../../words';
import { argumentsOf, calleeName, receiverOf } from '../file';
import type { Fact } from './everything';
import {
  isHanded,
  isWholeRange,
  isTable,
  hasNoLimit,
  isModel,
  isRepository,
  isRange,
  bytesOfAnswer,
  isWholeDownload,
} from './everythingShapes';

const packed =
  /^(pako|fflate|snappy|snappyjs|node-gzip|lz4|lz4js|lz4-napi|brotli|zstd-codec|@mongodb-js\/zstd|simple-zstd|fzstd|lzma|lzma-native|jszip|adm-zip|lzutf8)(\/|$)/;

/** Calls that bring all there is, by the documents of their libraries, and what would limit them. */
export const facts: readonly Fact[] = [
  {
    names: [
      'lrange',
      'lRange',
      'zrange',
      'zRange',
      'zrevrange',
      'zRangeByScore',
      'zrangebyscore',
      'zrangeByScore',
      'xrange',
      'xRange',
    ],
    words: allOf(/redis/i, /\.(?:[lzx](?:rev)?[rR]ange(?:[bB]y[sS]core)?)\(/, /-1\)|['"]\+(?:inf)?['"]/),
    isMeant: isWholeRange,
    brings: 'brings all from there to the end with one answer (LIMIT or COUNT gives a number)',
    doubt: 'how much is kept under the key',
  },
  {
    names: ['query', 'all', 'execute', 'any', 'many', 'manyOrNone', 'raw', 'each'],
    words: /\b(?:query|all|execute|any|many|manyOrNone|raw)\(\s*[`'"]\s*SELECT\s/i,
    isMeant: isTable,
    brings: 'brings every row of the table (LIMIT gives a number, a cursor or stream brings them in pieces)',
    doubt: 'how many rows there are',
  },
  {
    names: ['findAll'],
    words: allOf(/sequelize/i, /\.findAll\(/),
    isMeant: hasNoLimit,
    brings: 'brings every row of the table (limit gives a number)',
    doubt: 'how many rows there are',
  },
  {
    names: ['find'],
    words: allOf(
      /mongoose|typeorm|mikro-orm/i,
      /\.find\(\s*(?:\{\s*\}\s*)?\)|(?:repo|Repo|repository|Repository)\.find\(/,
    ),
    isMeant: (call) => isModel(call) || isRepository(call),
    brings: 'brings everything that is stored (limit or take gives a number)',
    doubt: 'how much is stored',
  },
  {
    names: ['toArray'],
    words: allOf(/\.toArray\(/, /\.find\(/, /\$(?:gte?|lte?|exists|ne)\b/),
    isMeant: isRange,
    brings: 'brings all that fit into memory (limit gives a number, for await brings one after the other)',
    doubt: 'how many fit',
  },
  {
    names: ['arrayBuffer', 'buffer', 'blob', 'bytes'],
    words: allOf(/\.(?:arrayBuffer|buffer|blob|bytes)\(\)/, /await [\w.]*[fF]etch\w*\(/),
    isMeant: bytesOfAnswer,
    brings:
      'brings the whole answer, and fetch has no limit of its length (read the body in pieces and stop at a size)',
    doubt: 'who chooses the address',
  },
  {
    names: ['get', 'request', 'axios', 'default', 'axiosGet'],
    words: allOf(/responseType: ['"](?:arraybuffer|blob)['"]/, /axios/i),
    isMeant: isWholeDownload,
    brings: 'brings the whole answer, however long (maxContentLength of axios is -1, no limit, unless set)',
    doubt: 'who chooses the address',
  },
  {
    names: [
      'ungzip',
      'inflate',
      'inflateRaw',
      'gunzipSync',
      'unzlibSync',
      'inflateSync',
      'decompressSync',
      'unzipSync',
      'uncompress',
      'uncompressSync',
      'decompress',
      'loadAsync',
    ],
    words: allOf(
      /['"](?:pako|fflate|snappy(?:js)?|node-gzip|lz4[\w-]*|brotli|@mongodb-js\/zstd|jszip|fzstd)['"]/,
      /\b(?:ungzip|inflate(?:Raw|Sync)?|gunzipSync|unzlibSync|(?:de|un)compress(?:Sync)?|unzipSync|loadAsync)\(/,
    ),
    from: packed,
    isMeant: (call, file) => isHanded(argumentsOf(call)[0], call, file),
    brings:
      'unpacks all of it into memory, which may be a thousand times as long, and has no limit to set (unpack a stream and count)',
    doubt: 'who sends what is unpacked',
  },
  {
    names: ['transformToByteArray', 'transformToString', 'downloadToBuffer'],
    words: /\.(?:transformToByteArray|transformToString|downloadToBuffer)\(/,
    brings: 'brings the whole object into memory (its stream brings it in pieces)',
    doubt: 'how long the object is',
  },
  {
    names: ['promise'],
    words: /\.getObject\([^;]{0,200}\)\s*\.promise\(\)/,
    isMeant: (call) => {
      const asked = receiverOf(call);
      return asked?.type === 'call_expression' && calleeName(asked) === 'getObject' && !/Range\b/.test(asked.text);
    },
    brings: 'brings the whole object into memory (createReadStream brings it in pieces)',
    doubt: 'how long the object is',
  },
  {
    names: ['paginate'],
    words: /\boctokit[\w.]*\.paginate\(/i,
    isMeant: (call) => /octokit|github/i.test(receiverOf(call)?.text ?? ''),
    brings: 'gathers all pages before it answers (paginate.iterator brings one after the other)',
    doubt: 'how many pages there are',
  },
  {
    names: ['fromAsync'],
    words: /\bArray\.fromAsync\(/,
    isMeant: (call) => receiverOf(call)?.text === 'Array',
    brings: 'gathers all that it is given before anything is done with it',
    doubt: 'how much comes',
  },
  {
    names: ['all', 'toBuffer', 'default', 'collect', 'concat'],
    words: /['"](?:it-all|it-to-buffer|pull-stream|into-array|p-all-pages)['"]/,
    isMeant: (call, file) =>
      /^(it-all|it-to-buffer|into-array)$/.test(file.moduleOf(calleeName(call)) ?? '') ||
      (/^(collect|concat)$/.test(calleeName(call)) && receiverOf(call)?.text === 'pull'),
    brings: 'gathers all that comes before anything is done with it (the source may be walked in pieces)',
    doubt: 'how much comes',
  },
];
