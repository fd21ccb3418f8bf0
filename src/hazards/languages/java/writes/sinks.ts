import { allOf, anyOf, naming } from '../../../words';
import { imports } from '../imports';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import type { Node } from 'web-tree-sitter';

/** A call of a library that returns at once and keeps what the peer does not take. */
interface Sink {
  call: RegExp;
  imports: RegExp;
  /** The type of what it is called on; where no declaration tells, or it has none: the expression itself. */
  type?: RegExp;
  on?: RegExp;
  /** So many arguments at least. */
  least?: number;
  /** What the library does with it, and what says how much waits. */
  fact: string;
}

const netty =
  'Netty keeps in the channel what the peer does not take, and only `isWritable()` says when that is too much';
const vertx = 'Vert.x keeps what the other side does not take, and only `writeQueueFull()` says when that is too much';
const jetty = 'Jetty keeps frames that wait for the peer without a limit, unless `setMaxOutgoingFrames` is called';

/** What the documentation of the libraries says about them. The first that fits counts. */
const sinks: readonly Sink[] = [
  { call: /^writeAndFlush$/, imports: /^io\.netty\b/, on: /./, fact: netty },
  { call: /^write$/, imports: /^(io|org\.jboss)\.netty\b/, type: /^Channel(HandlerContext)?$/, on: /\b(ctx|channel\(\)|getChannel\(\))$/, fact: netty }, // prettier-ignore
  { call: /^write$/, imports: /^org\.apache\.mina\b/, type: /^\w*IoSession$/, on: /\bgetSession\(\)$/, fact: 'MINA keeps in the session what the peer does not take, and only `getScheduledWriteBytes()` says how much that is' }, // prettier-ignore
  { call: /^write(Text|Binary|FinalText|FinalBinary)(Message|Frame)$|^writeFrame$/, imports: /^io\.vertx\b/, on: /./, fact: vertx }, // prettier-ignore
  { call: /^write$/, imports: /^io\.vertx\b/, type: /^(WriteStream|NetSocket|\w*WebSocket\w*|AsyncFile|SockJSSocket)$/, fact: vertx }, // prettier-ignore
  { call: /^onNext$/, imports: /^io\.grpc\b/, type: /^(StreamObserver|\w*CallStreamObserver)$/, fact: 'gRPC keeps messages that the peer does not take, and only `isReady()` says when that is too much' }, // prettier-ignore
  { call: /^send(Text|Object|Binary)$/, imports: /^(javax|jakarta)\.websocket\b/, type: /^Async$/, on: /\bgetAsyncRemote\(\)$/, fact: 'a remote endpoint that sends later returns at once, and what a slow peer does not take waits in memory' }, // prettier-ignore
  { call: /^send(String|Bytes|PartialString|PartialBytes)ByFuture$/, imports: /^org\.eclipse\.jetty\b/, fact: jetty },
  { call: /^send(String|Bytes|Text|Binary)$/, imports: /^org\.eclipse\.jetty\b/, least: 2, type: /^(RemoteEndpoint|Session)$/, on: /\b(getRemote\(\)|getSession\(\))$/, fact: jetty }, // prettier-ignore
  { call: /^(send|broadcast)$/, imports: /^org\.java_websocket\b/, type: /^(WebSocket|WebSocketImpl|\w*WebSocketClient|\w*WebSocketServer)$/, on: /^(this|super)?$/, fact: 'Java-WebSocket keeps frames that wait for the peer in a queue without an end, and only `hasBufferedData()` says that some do' }, // prettier-ignore
  { call: /^send(Text|Binary)$/, imports: /^io\.undertow\b/, on: /^WebSockets$/, fact: 'Undertow keeps frames that wait for the peer without a limit' }, // prettier-ignore
  { call: /^(send|broadcast)\w*AndForget$/, imports: /^io\.quarkus\.websockets\b/, fact: 'a send that is forgotten waits in memory until the peer takes it' }, // prettier-ignore
  { call: /^(send|broadcast)Async$/, imports: /^io\.micronaut\.websocket\b/, fact: netty },
  { call: /^convertAndSend(ToUser)?$/, imports: /^org\.springframework\.messaging\.simp\b/, type: /^SimpMessag\w+$/, fact: 'messages for clients wait in the queue of `clientOutboundChannel`, which has no end unless one is set' }, // prettier-ignore
  { call: /^broadcast$/, imports: /^org\.atmosphere\b/, type: /^\w*Broadcaster$/, fact: 'messages wait in the queue of the broadcaster, which has no end' }, // prettier-ignore
];

/** What the library does with what the call is handed; null: it is no such call. */
export function keptBySink(call: Node, file: JavaFile): string | null {
  const name = calleeName(call);
  const found = sinks.filter((sink) => sink.call.test(name));
  return found.find((sink) => file.importsAny(sink.imports) && isOn(sink, call, file))?.fact ?? null;
}

function isOn({ type, on, least = 1 }: Sink, call: Node, file: JavaFile): boolean {
  if (argumentsOf(call).length < least) return false;
  if (!type && !on) return true;
  const object = receiverText(call);
  if (on?.test(object)) return object !== '' || ownsCall(call, type, file);
  const name = /^(?:this\.)?(\w+)$/.exec(object)?.[1];
  return type !== undefined && name !== undefined && typesOf(name, file).some((each) => type.test(each));
}

/** `send(…)` in a class that extends one of the library. */
const ownsCall = (call: Node, type: RegExp | undefined, file: JavaFile) =>
  type?.test(/\w+/.exec(file.classAround(call)?.childForFieldName('superclass')?.text.replace('extends', '') ?? '')?.[0] ?? '') === true && // prettier-ignore
  file.methodMeant(call) === null;

/** Types that something of that name is declared with in the file. */
const typesOf = (name: string, file: JavaFile): string[] =>
  [...file.text.matchAll(new RegExp(`\\b([A-Z]\\w*)(?:<[^;=(){}]{0,80}>)?\\s+${name}\\b`, 'g'))].map(
    ([, type = '']) => type,
  );

/** Words of files that make such a call. */
export const sinkWords = anyOf(
  allOf(
    imports('.netty.'),
    anyOf(naming('AndFlu'), /\.write\((?<=(?:[cC]tx|[cC]ontext|[cC]hannel(?:\(\))?|ch)\.write\()/),
  ),
  allOf(imports('.mina.'), /[sS]ession(\(\))?\.write\(/),
  allOf(imports('io.vertx.'), /\.write((Final)?(Text|Binary)(Message|Frame)|Frame)?\(/),
  allOf(imports('io.grpc.'), naming('StreamObserver'), naming('.onNext(')),
  allOf(
    imports('.websocket.'),
    naming('getAsyncRemote', 'RemoteEndpoint.Async'),
    naming('.sendText(', '.sendObject(', '.sendBinary('),
  ),
  allOf(imports('.jetty.'), naming('jetty.websocket.'), /\.send(\w+ByFuture|String|Bytes|Text|Binary)\(/),
  allOf(imports('org.java_websocket.'), /\b(send|broadcast)\(/),
  allOf(imports('io.undertow.'), naming('WebSockets.sendText(', 'WebSockets.sendBinary(')),
  allOf(imports('quarkus.websockets.', 'micronaut.websocket.'), /\.(send|broadcast)\w*(AndForget|Async)\(/),
  allOf(imports('messaging.simp.'), naming('.convertAndSend(', '.convertAndSendToUser(')),
  allOf(imports('org.atmosphere.'), naming('.broadcast(')),
);
