import { answersOrSpares } from '../../../handedOver';

/** What an array is called that holds what waits. */
export const waiting =
  /queue|pending|backlog|outbox|inbox|wait|unsent|outgoing|incoming|buffer|postponed|deferred|offline|held|to_?send/i;

/** What is gathered until all of it is handed on. */
export const heaped = /(yields|bulk|batch)$/i;

/** What the array is called of which many are taken at once. */
export const gathered =
  /(^|_|[a-z])(messages?|msgs|packets?|frames?|tasks?|jobs?|batch|bulk|events|records|entries|items|docs|logs|stash|spool|yields|transmissions|deliveries|publishes|payloads|spans|metrics|writes)$/i;

/** Arrays from whose front something is taken too, and which are as long as what was asked for, or short by design. */
export const noQueue =
  /history|recent|latest|window|sampl|times|stamp|stack|args|argv|token|parts?$|segment|point|undo|redo|crumb|steps?$|chars|lines?$|words|path|waiter|resolve|release|confirm|lock|mutex|hook|middleware|plugin|task_?fns|migration|deps|route|schema|names?$|keys$|rules|nodes|children|worker|socket|client|peer|server|host|addr|endpoint|fns?$|cleanup/i;

/** What a program has a few of: words of a text, servers, ways to a peer, what tidies up. */
export const fewOf = /token|servers?$|candidate|clean_?up|notif|(^|_)args$|chunks$|bufs$/i;

/** Methods of a stream, which runs them one at a time, and functions that give way to those who wait. */
export const ownPace =
  /acquire|lock|enter|limit|throttle|mutex|semaphore|^_*(use|wait\w*|nextTick)$|subscri|regist|respon|result/i;

/** Does it hold answers or spares, rather than what waits `ForConnect` or is `ReadyToSend`? */
export const isOfAnswers = (name: string): boolean =>
  answersOrSpares.test(name.replace(/(?<=wait\w*|pending\w*)(For|Until)[A-Z]\w*$/i, '')) &&
  !borrowing.test(name) &&
  !/to_?send$/i.test(name);

/** Is something lent from it? */
export const borrowing = /borrow|acquir/i;
