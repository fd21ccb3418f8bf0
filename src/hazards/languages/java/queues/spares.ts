import { spares } from '../../../handedOver';
import type { JavaFile } from '../file';
import { callsOn, type Holder } from '../held';

/** Functions wait to be called, whatever they are called with. */
const functions = /<\s*[\w.]*\b(Consumer|Supplier)\s*<[^,]*>\s*>$/;

/** Does it hold what is free, or as many things as the program has? Answers and what failed wait like all else. */
export function isSpare(name: string, type: string): boolean {
  if (ofAskers.test(name) || (/^_?(task|job|work)/i.test(name) && /<\s*(Runnable|Callable\b.*)>/.test(type)))
    return false;
  const isPart =
    notWaiting.test(type) && !functions.test(type) && !(ofWork.test(name) && /(Handler|Callback|Task)\b/.test(type));
  const itself = isPart ? name : name.replace(forHandler, '');
  return isPart || spares.test(itself.replace(ofOthers, '')) || asManyAsOthers.test(name);
}

/** Names of those who wait for a connection or a permit: as many as ask for one. */
export const ofAskers = /(pending|waiting|queued)_?(acqui|borrow|checkout|lease|connect\w*request)/i;

/** `handlerQueue`: what waits for the handler. */
const forHandler = /(handler|listener|worker|sender)(?=_?queue$)/i;

/** Names of what holds work: its handlers and tasks are not parts of the program. */
const ofWork = /^_?(work|task|job|event|message|request|command)s?_?(queue|deque)?$/i;

/** Names of what is as many as something else: connections, parts of the program, what is in flight already. */
const asManyAsOthers =
  /(session|channel|client|tracker|step|node|worker|thread|consumer|producer|subscriber|plugin|filter|provider|resource|waiter|pipe|instance|peer|inactive|n?ack|receipt|ur[il]|host|address|endpoint|sub|ping)(e?s)$|scheduler_?(deque|queue)$|cancel|removing|closing/i;

/** The tasks of listeners are tasks. */
const ofOthers =
  /(listener|handler|callback|observer|connection|ready)(?=(\w*call|task|event|message|job|request)s?(queue|deque)?$)/i;

/** What is as many as the program has, by the type of the field. */
const notWaiting =
  /<\s*[\w.]*(Integer|Long|Listener|Observer|Connection|Channel|Session|Node|Page|Thread|Worker|Consumer|Producer|Handler|Signal|Client|Shard|Lock|Socket(Impl)?|Buffer(Pool)?s?Holder|Context|Task|Collector|Interceptor|Callback|Plugin|WebSocketImpl|Filter|Injector|UR[IL]|InetSocketAddress|Scheduler|Adapter|Candidate(Pair)?|Configuration|Continuation|Endpoint|Folder|Instance|Member|Partition|Proxy|State|Waiter|CacheEntry|ReferenceEntry|TableEntry|SocketEntry|SelectionKey|(Completable|Listenable)?Future|Promise|Throwable|(\w*)Exception)\b\s*(<[^>]*>)?\s*>/;

/** Does it hold what the program has to do at a time of its own, ordered by when? One for each that somebody asked for. */
export const isOfTimers = (holder: Holder, file: JavaFile) =>
  timed.test(`${holder.name} ${file.typeOfField(holder.name) ?? ''}`) ||
  callsOn(holder, /^(add|offer|put)$/).some((put) => timed.test(`${put.text} ${file.methodAround(put)?.name ?? ''}`));

const timed = /schedul|timer|timeout|timed|delay|expir|deadline|alarm|punctuat/i;
