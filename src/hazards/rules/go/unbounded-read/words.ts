import { announcedIn } from '../../../languages/go/reads/announced';
import { openedIn } from '../../../languages/go/reads/opened';
import { allOf, anyOf } from '../../../words';

/** Something is read to its end. */
const whole =
  /\.ReadAll\(|\.NewDecoder\([^\n]*Body\)|\.(?:Copy|ReadFrom)\([^\n]*Body\b|\.ReadFrom\((?<=Body\b[^\n]*\n?[^\n]*\.ReadFrom\()|\bhttputil\.DumpRequest(?:Out)?\([^\n]*true|\b(req|request|r)\.Write\(/;

/** It may be what a client or a peer sends. */
const fromOutside =
  /\*http\.Request\b|\bRequest(?:\(\))?\.Body\b|\.NextReader\(|\bwsutil\.Reader\b|\bquic\.(?:Receive)?Stream\b|\bnet\.(?:TCP|Unix)?Conn\b|\bwebsocket\.Conn\b/;

/** Files that may hold a read without a limit, of each kind in `languages/go/reads`. */
export const words = anyOf(
  /XRead(Group)?Args/,
  allOf(whole, fromOutside),
  allOf(/\.(?:ReadAll|Copy|ReadFrom)\(/, { test: openedIn }),
  allOf(
    /\b(?:p?gzip|kgzip|zlib|flate|brotli|zstd|gozstd|bzip2|xz|lzma|lz4|s2|snappy)\.NewReader|[gG]zip\w*Reader\(/,
    /\.(?:ReadAll|Copy|ReadFrom)\(/,
  ),
  /\b(?:snappy|s2)\.Decode\(nil,|\b(?:gozstd|zstd)\.Decompress\(nil,|\.DecodeAll\(/,
  allOf(/\.Read(?:Message\(\)|JSON\()/, /"[^"\n]*\/websocket"/),
  { test: announcedIn },
  allOf(
    /\.(?:(?:Should)?Bind(?:JSON|XML|YAML|BodyWith)?|DecodeJSON|ReadJSON)\([^)\n]/,
    /"[^"\n]*\/(?:gin|echo(?:\/v\d+)?|render|iris(?:\/v\d+)?)"/,
  ),
  /\bwsutil\.Read\w+\(|\.GetRawData\(\)/,
  allOf(
    /\.Read(?:String|Bytes|Line|LineBytes|ContinuedLine(?:Bytes)?|MIMEHeader|DotBytes|DotLines)\(/,
    /\b(?:bufio|textproto)\.New(?:Read|Conn)/,
    /\bnet\.(?:TCP|Unix)?Conn\b|\.Accept\w*\(|\btls\.Conn\b|\.Hijack\(|\bssh\.Channel\b/,
  ),
  allOf(/\.(?:Combined)?Output\(\)/, /", "[-/][cC]", (?!["`])/),
  allOf(/\.(?:Keys|[LZX]\w*Range\w*)\(\w/, /"[^"\n]*(?:redis|valkey|rueidis)[^"\n]*"/),
);
