import { joinedIn } from '../../languages/go/collections/joined';
import { keptIn } from '../../languages/go/collections/kept';
import { leftIn } from '../../languages/go/collections/left';
import { allOf, anyOf, namesBefore, naming, oncePerText } from '../../words';
import { methodCall } from './methodCall';

/** The statement, which begins a line or a block, rather than the word. */
const goes = /go(?<=(?:^|[\n;:{}]|\*\/)[ \t]*go)\s+(?:func\b|[\w.*()[\]]+\()|\.Go\(/;

/** Two rules ask it of each text. */
const starts = oncePerText((text) => goes.test(text));

/** Everything that starts a goroutine: `go f()`, and `group.Go(func …)` of errgroup and its like. */
export const startedGoroutines = {
  words: { test: starts },
  marks: new RegExp(goes, 'g'),
  query: `
    (go_statement) @place
    ${methodCall('Go', ' arguments: (argument_list . (func_literal) .)')} @place`,
};

/** What messages come from, and what waits, by name. */
const messages = anyOf(
  /\.(Push(Back|Front)?|Enqueue|Offer)\(/i,
  / = append\((?<=(queue|backlog|inbox|outbox|mailbox|unsent|outgoing|incoming|waiting|pending|messages|msgs|events|tasks|jobs|items|packets|frames|batch|buffer|buf)s?(\[[\w.]+\])? = append\()/i,
  /"[^"\n]*(kafka|sarama|franz-go|amqp|rabbit|nats|redis|pubsub|sqs|nsq|pulsar|stomp|mqtt|zmq|websocket|quic)[^"\n]*"/i,
);

/** What makes a slice or list longer. */
const grows = naming('= append(', '.Push', '.Enqueue(', '.Offer(');

/** A field that is made longer, or a list that something is put into. */
const kept = anyOf(naming('.PushBack(', '.PushFront('), /append\((?<=\.\w+(\[[\w.]+\])?(\.\w+)? = append\()/);

/** Words of a file in which something is kept that messages bring, or that only grows. */
export const onlyKept = anyOf(
  allOf(grows, kept, messages, /\brange \w[\w.]* \{|<-|\b(msg|message|event|packet|session|conn)\b/i),
  {
    test: (text) => joinedIn(text).length > 0 || keptIn(text).length > 0 || leftIn(text).length > 0,
  },
);

/** What a channel gives is put behind what waits already. */
const pumped =
  /\bcase (\w+)(?:, \w+)? :?= <-[^\n]*:\n(?:[^\n]*\n){0,25}?[^\n]*(?:= append\(\w[\w.]*, \1\b|\.PushBack\(\1\))/;

/** Words of a file in which one of the queues that are made longer is taken from too. */
export const filledAndTaken = allOf(grows, anyOf(messages, pumped), {
  test(text) {
    if (
      /\.(Push(Back|Front)?|Enqueue|Offer)\(/.test(text) &&
      /\.(Remove|Front|Pop\w*|Dequeue|Poll|Shift|TakeFirst)\(/.test(text)
    )
      return true;
    return [...namesBefore(text, / = append\(/g, /(\w+)(?:\[[\w.]+\])?$/)].some((name) =>
      new RegExp(
        `\\b${name}(?:\\[[\\w.]+\\])?(?:\\[\\d*\\w*:\\]|\\[0\\])|= (?:range )?\\w+\\.${name}(?: \\{)?\\n|\\bcopy\\(\\w+, \\w+\\.${name}\\)`,
      ).test(text),
    );
  },
});

/** Everything that makes a slice or list longer. */
export const madeLonger = {
  query: `
    (assignment_statement right: (expression_list (call_expression function: (identifier) @name (#eq? @name "append")))) @place
    (expression_statement
      ${methodCall('PushBack PushFront Push Enqueue Offer')}) @place
    (short_var_declaration
      right: (expression_list
        ${methodCall('PushBack PushFront')})) @place
    (assignment_statement
      right: (expression_list
        ${methodCall('PushBack PushFront')})) @place`,
};

/** Everything that makes a slice, a list or a map longer. */
export const madeLongerOrPut = {
  marks: /\bappend\(|\bPush(Back|Front)?\(|\b(Enqueue|Offer|Store|LoadOrStore|Write(String|Byte|Rune)?)\(|\] = | \+= /g,
  query: `${madeLonger.query}
    (assignment_statement left: (expression_list (index_expression))) @place
    (expression_statement
      ${methodCall('Store LoadOrStore Write WriteString WriteByte WriteRune')}) @place
    (assignment_statement operator: "+=") @place
    (short_var_declaration
      right: (expression_list
        ${methodCall('LoadOrStore Write WriteString WriteByte WriteRune')})) @place
    (assignment_statement
      right: (expression_list
        ${methodCall('LoadOrStore')})) @place`,
};
