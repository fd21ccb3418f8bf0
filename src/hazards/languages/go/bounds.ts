import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth, Turn } from '../../rule';
import { configuredSize, deadLetter } from '../../seeds';
import { ancestorsOf, contains, lineOf, partsOf, placeOf, textIn } from '../../syntax';
import { answerRead } from './answers';
import { argumentsOf, calleeName, loopAround, receivedFrom, spawned, takesItem } from './calls';
import { endOfClient } from './clients';
import { sizeGuard } from './collections/collections';
import type { Declarations } from './declarations';
import { toldBy } from './drops';
import { holdsBack, isGuard, waitsForRoom } from './guards';
import { sharedWith } from './limiters';
import { creditSettings, keepsForStop, permitCall, permitChannel, quietChannel, stopName } from './names';
import { limitOf } from './reads/all';
import { after, before, conditionsAround, leftBy, running, waiting } from './turn';
import { gaugeOf } from './seeds';

/** What is looked for in Go, as a reader would say it. */
export const boundsInWords: Partial<Record<BoundKind, string>> = {
  permit: 'a permit taken before (send to a semaphore channel, Acquire, limiter Wait)',
  'permit-in-task': 'a permit taken first thing inside the goroutine',
  pool: 'a group or pool with a limit (errgroup SetLimit, ants, pond, conc, LimitListener)',
  joined: 'waiting in the same turn (Wait, receive from a done channel)',
  counted: 'a count, size or already-running check around the start',
  'broker-credit': 'a limit on unfinished messages at the broker (Qos, MaxOutstandingMessages, MaxAckPending)',
  'leaves-loop': 'leaving the loop after the start',
  'stop-code': 'code that only runs when something ends',
  'size-guard': 'a look at its length, or a place where it is emptied',
  'answer-read': 'a look at the error it returns',
  drain: 'reading what the broker answers (Events, confirms, Flush)',
  told: 'a count, a log line or an answer to the caller where the item is dropped',
  shared: 'a use of the limiter by goroutines, callees or turns of a loop',
  limited: 'a limit on how much is read (Count, MaxBytesReader)',
  'ends-with-client': 'an end when the client leaves (request context, error of the write)',
  'dead-letter': 'a dead-letter exchange',
  configured: 'a size from the configuration',
  gauge: 'its length told as a figure',
};

type Finder = (growth: Growth, place: Node, file: Declarations) => string | null;

/** Gate B for Go: each finder tells the bound it has found in words. */
export const finders: Partial<Record<BoundKind, Finder>> = {
  permit: ({ turns }) => permitIn(turns.flatMap(beforeInLoop)),
  'permit-in-task': (_growth, place, file) => {
    const body = bodyOf(place, file);
    const opening = body ? partsOf(partsOf(body)[0] ?? body).filter(({ type }) => type !== 'defer_statement') : [];
    const permit = permitIn(opening.slice(0, 1));
    return permit && `${permit}, inside the goroutine`;
  },
  pool: ({ unit, source }, place, file) => {
    if (/\.Accept(Uni)?Stream\([^)]/.test(source) && file.importsAny(/quic|webtransport/))
      return 'a connection of QUIC, which has 100 streams at a time unless it is told otherwise';
    const limit = /\.(SetLimit|WithMaxGoroutines|NewPool|NewGroup|NewMultiPool)\(/.exec(file.text)?.[0];
    if (limit && place.type === 'call_expression') return `a limit by \`${limit.slice(1)}…)\``;
    return unit === 'connection' && file.text.includes('LimitListener(')
      ? 'a listener with a limit (`LimitListener`)'
      : null;
  },
  joined: ({ turns }, place) => {
    const own = ownGoroutine(place);
    const later = turns.flatMap(after).filter((each) => !own || contains(own, each));
    const answered = answeredBy(place);
    const answer = receivesIn(turns.flatMap(before)).find(({ text }) => answered.includes(text));
    const wait = running(later, 'call_expression').find(
      (call) => /^(Wait|Join)$/.test(calleeName(call)) && !joinsText(call) && !onlyForStart(call, place),
    );
    const done = receivesIn(later).find(
      (from) => !/Done\(\)|\btime\.|\.C$/.test(from.text) && (!endsLoop(from) || isAnswer(from, answered, turns)),
    );
    const collected =
      running(later, 'range_clause').find((each) =>
        isAnswer(each.childForFieldName('right') ?? each, answered, turns),
      ) ?? running(later, 'call_expression').find((call) => waitsFor(call, answered));
    const found = wait ?? done ?? answer ?? collected;
    return found ? `the turn waits at ${placeOf(found)}` : null;
  },
  counted: ({ turns }, place) => {
    const around = turns.flatMap(conditionsAround);
    const earlier = turns.flatMap(before).filter((node) => node.type === 'if_statement' && holdsBack(node));
    const check =
      [...around, ...earlier].find((node) => isGuard(node, place, turns.flatMap(before))) ??
      turns.flatMap(before).find(waitsForRoom);
    return check ? `the check on line ${lineOf(check)}` : null;
  },
  'broker-credit': ({ unit }, place, file) => {
    const setting = unit === 'message' ? creditSettings.exec(file.text)?.[0] : undefined;
    if (setting === undefined) return null;
    const nothingOutstanding = setting.includes('.Qos(') && acknowledgesItself(place, file);
    return nothingOutstanding
      ? null
      : `the broker's limit on unfinished messages (\`${setting.replace(/^\.|\($/g, '')}\`)`;
  },
  'leaves-loop': ({ turns }) => {
    const exit = turns
      .filter(({ repeated }) => repeated.type === 'for_statement')
      .flatMap(after)
      .find(leaves);
    return exit ? `it leaves the loop on line ${lineOf(exit)}` : null;
  },
  'stop-code': (_growth, place, file) => {
    const around = file.functionAround(place)?.name ?? '';
    const { call } = spawned(place);
    const started = call ? calleeName(call) : '';
    if (stopName.test(around)) return `\`${around}\` stops things`;
    const kept = [...ancestorsOf(place)].find(
      (outer) => outer.type === 'call_expression' && keepsForStop.test(calleeName(outer)),
    );
    if (kept) return `\`${calleeName(kept)}\` keeps it for the end`;
    return stopName.test(started) ? `\`${started}\` stops something` : null;
  },
  'size-guard': (_growth, place, file) => sizeGuard(place, file),
  'answer-read': (_growth, place) => answerRead(place),
  drain: (_growth, _place, file) => {
    const sign = /\.(Events|NotifyPublish|Confirm|Flush|PublishWithDeferredConfirm\w*)\(/.exec(file.text)?.[0];
    return sign === undefined ? null : `\`${sign.slice(1, -1)}\` takes what the broker answers`;
  },
  told: (_growth, place) => toldBy(place),
  shared: (_growth, place) => sharedWith(place),
  limited: (_growth, place, file) => limitOf(place, file),
  'ends-with-client': (_growth, place) => endOfClient(place),
  'dead-letter': (_growth, _place, file) => deadLetter(file.text),
  configured: (growth) => configuredSize(growth),
  gauge: (growth, _place, file) => gaugeOf(growth, file),
};

/** What runs again for each: a loop of the turn around the place goes on with the permit that was taken above it. */
function beforeInLoop(turn: Turn): Node[] {
  const loop = loopAround(turn.place);
  return before(turn).filter((node) => !loop || !contains(turn.repeated, loop) || contains(loop, node));
}

/** A permit among statements that run before the start: a semaphore send, a token received, a call that waits for one. */
function permitIn(nodes: readonly Node[]): string | null {
  const onTheWay = (each: Node) => !leavesWith(each, nodes);
  const send = waiting(nodes, 'send_statement').filter(isPermitSend).find(onTheWay);
  const token = receivesIn(nodes).filter(isToken).find(onTheWay);
  const call = running(nodes, 'call_expression')
    .filter((each) => permitCall.test(calleeName(each)))
    .find(onTheWay);
  const found = send ?? token ?? call;
  return found ? `a permit taken at ${placeOf(found)}` : null;
}

/**
 * `if err != nil { all.Wait(); return err }` and `case <-closing: all.Wait(); return`: what stands there is not on the way
 * to what comes after.
 */
const leavesWith = (step: Node, nodes: readonly Node[]): boolean =>
  [...ancestorsOf(step)].some((outer) => {
    const isWithin = outer.type === 'statement_list' && nodes.some((each) => contains(each, outer));
    const last = isWithin ? partsOf(outer).at(-1) : null;
    return last?.type === 'return_statement' || last?.type === 'break_statement' || last?.type === 'goto_statement';
  });

/** A receive from a channel of permits, or one that waits for something and drops what it gets. */
function isToken(from: Node): boolean {
  if (permitChannel.test(from.text)) return true;
  return from.parent !== null && !takesItem(from.parent) && !quietChannel.test(from.text);
}

/** `sem <- struct{}{}` and the like: an item without content, or a channel that is named as one. */
function isPermitSend(send: Node): boolean {
  const value = send.childForFieldName('value');
  const empty =
    ['true', 'false', 'nil', 'int_literal'].includes(value?.type ?? '') ||
    value?.text.replaceAll(/\s/g, '') === 'struct{}{}';
  return empty || permitChannel.test(textIn(send, 'channel'));
}

/** The goroutine around a place: what comes after where that starts does not wait for what it starts. */
const ownGoroutine = (place: Node) =>
  [...ancestorsOf(place)].find(
    (outer) => outer.type === 'func_literal' && outer.parent?.parent?.type === 'go_statement',
  );

/** Channels that a goroutine sends to or closes, or that it is handed. */
function answeredBy(place: Node): string[] {
  const { body, call } = spawned(place);
  if (!body) return call ? argumentsOf(call).map(({ text }) => text) : [];
  const sends = body.descendantsOfType('send_statement').map((send) => textIn(send, 'channel'));
  const calls = body.descendantsOfType('call_expression');
  const closes = calls.filter((each) => calleeName(each) === 'close').map((each) => argumentsOf(each)[0]?.text ?? '');
  // `send(batch, &tracker)`, which has the channels.
  const handed = calls.flatMap(argumentsOf).filter(({ text }) => text.startsWith('&'));
  return [...sends, ...closes, ...handed.map(({ text }) => text.slice(1))];
}

/** In a function that returns with the answer. A loop that ends with it has gone on until then. */
const isAnswer = (from: Node, answered: readonly string[], turns: readonly Turn[]) =>
  (answered.includes(from.text) || answered.includes(textIn(from, 'operand'))) &&
  turns.at(-1)?.repeated.type !== 'for_statement';

/** `waitForAll(answers)` */
const waitsFor = (call: Node, answered: readonly string[]) =>
  /^a?wait/i.test(calleeName(call)) && argumentsOf(call).some(({ text }) => answered.includes(text));

/** `started.Done()` as one of the first things that the goroutine does. */
function onlyForStart(wait: Node, place: Node): boolean {
  const group = wait.childForFieldName('function')?.childForFieldName('operand')?.text ?? '';
  const steps = partsOf(partsOf(spawned(place).body ?? wait)[0] ?? wait);
  const done = steps.findIndex(({ text }) => text === `${group}.Done()`);
  return done >= 0 && done < steps.length - 1;
}

/** `strings.Join(names, ", ")` */
const joinsText = (call: Node) =>
  /^(strings|bytes|path|filepath|errors)$/.test(
    call.childForFieldName('function')?.childForFieldName('operand')?.text ?? '',
  );

const receivesIn = (nodes: readonly Node[]) =>
  waiting(nodes, 'unary_expression').flatMap((expression) => receivedFrom(expression) ?? []);

/** The body of the started function: the literal, or a function that this file declares. */
function bodyOf(place: Node, file: Declarations): Node | null {
  const { call, body } = spawned(place);
  if (body) return body;
  const callee = call?.childForFieldName('function');
  const meant = callee ? file.functionMeant(callee) : null;
  return meant?.node.childForFieldName('body') ?? null;
}

/** `case <-closing: return`: what is received there ends the loop. */
const endsLoop = (from: Node) => {
  const around = [...ancestorsOf(from)].find(({ type }) => type === 'communication_case' || type === 'statement_list');
  return (
    around?.type === 'communication_case' &&
    running([around], 'return_statement', 'break_statement', 'goto_statement').some(leaves)
  );
};

/** Not so a `break` that only ends a `select` or `switch`. */
const leaves = (statement: Node): boolean =>
  statement.type === 'return_statement' ||
  statement.type === 'goto_statement' ||
  (statement.type === 'break_statement' &&
    (partsOf(statement).length > 0 || leftBy(statement)?.type === 'for_statement'));

/** A consumer with autoAck: nothing counts as unfinished, so a prefetch limits nothing. */
const acknowledgesItself = (place: Node, file: Declarations) => {
  const consumers = isConsumer(place) ? [place] : file.root.descendantsOfType('call_expression').filter(isConsumer);
  return consumers.some((call) => argumentsOf(call).at(-5)?.text === 'true');
};

const isConsumer = (call: Node) => call.type === 'call_expression' && /^Consume(WithContext)?$/.test(calleeName(call));
