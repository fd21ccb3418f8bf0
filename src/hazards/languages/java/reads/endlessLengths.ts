import type { Node } from 'web-tree-sitter';
import { allOf, anyOf, naming } from '../../../words';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';

/** Classes of libraries that are told first how long what a peer sends may be. */
const frames =
  /^(LengthFieldBasedFrame|DelimiterBasedFrame|LineBasedFrame|JsonObject|XmlFrame|Object)Decoder$|^(HttpObject|WebSocketFrame|StompSubframe)Aggregator$|^(BufferingResponseListener|Draft_6455)$/;

/** Settings of libraries that say how long what comes in may be. */
const lengths =
  /^(set)?(default)?max(imum)?(Inbound|In|Text|Binary|WebSocket|Frame|Message|Body|Content|Payload|Line|Request|Response|Entity|Form|Post|Object|Buffer)\w*(Size|Length|Bytes)$|^(setBodyLimit|bodyLimit|maxBodySize)$/i;

const endless = /^(Integer|Long)\.MAX_VALUE$|^0x7f{7}$/i;

/** Of these a number that is no length means that there is no limit. */
const withoutLimit: readonly (readonly [RegExp, RegExp])[] = [
  [/^maxInMemorySize$/, /^-1$/],
  [/^setBodyLimit$/, /^-1L?$/],
  [/^maxBodySize$/, /^0$/],
  [/^setMax(FormContent|Post|Request)Size$/, /^-1L?$/],
];

/** A client trusts the one service that it is made for. */
const ofClient = /[cC]lient|Channel(Provider|Builder)|ManagedChannel|Stub/;
const inClient = /^package [\w.]*client\b|^(public |final |abstract )*class \w*(Client|Connector)\b/m;

/** A limit of a library on what peers send that is set so that it never holds; null: it is none. */
export function endlessLength(call: Node, file: JavaFile): string | null {
  const name = calleeName(call);
  const given = argumentsOf(call);
  const isFrame = call.type === 'object_creation_expression' && frames.test(name);
  if (ofClient.test(`${file.classAround(call)?.childForFieldName('name')?.text ?? ''} ${receiverText(call)}`))
    return null;
  const first = given.find(({ text }) => /^-?[\dA-Z]/.test(text));
  if (!first || !(isFrame || (given.length === 1 && lengths.test(name)))) return null;
  if (inClient.test(file.text)) return null;
  const value = file.valueOf(first);
  const isOff = withoutLimit.some(([setting, off]) => setting.test(name) && off.test(value));
  return endless.test(value) || isOff ? value : null;
}

/** Words of files with such a setting. */
export const endlessLengthWords = anyOf(
  allOf(
    naming('.MAX_VALUE'),
    /\.MAX_VALUE\b(?<=(Size|Length|Bytes|Limit|Decoder|Aggregator|Listener|Draft_6455)\(\s*\w+\.MAX_VALUE)/,
  ),
  allOf(naming('(-1)', '(-1L)'), /([mM]axInMemorySize|odyLimit|Max(FormContent|Post|Request)Size)\(-1L?\)/),
  naming('maxBodySize(0)'),
);
