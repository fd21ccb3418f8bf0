import { mayWaitInLine } from '../../../languages/py/collections/mayKeep';
import type { Rule } from '../../../rule';
import { anyOf } from '../../../words';
import { queuePerItem } from '../../queuePerItem';
import { bounded } from './size';

/** A queue without a size that is filled with each message. */
export const unboundedQueue: Rule = {
  ...queuePerItem('put into', 'queue'),
  id: 'py/unbounded-queue',
  title: 'A queue without a size, filled with each message',
  help: 'A queue without a maxsize takes whatever is put into it. When whoever empties it is slower, or stops, it grows until the process is killed, and nobody upstream notices. Give it a maxsize, so that put waits; where put_nowait is used, say what happens when it is full.',
  words: anyOf(
    /(memory_object_stream|memory_channel)\b[^]{0,200}?(inf\b|maxsize)/,
    // A class that is declared is none yet.
    /(Queue|[Dd]eque|\bChan)\s*(\[[^\]]*\]\s*)?\((?<!\bclass \w+\()|\b(default_factory\s*=|defaultdict\()\s*[\w.]*(Queue|deque)\b/,
    mayWaitInLine,
  ),
  query: `
    (call
      function: [(attribute) (identifier) (subscript)] @made
      (#match? @made "[Qq]ueue$|[Dd]eque$|[Cc]han$|[Qq]ueue[[]|[Dd]eque[[]|[Cc]han[[]|memory_object_stream|memory_channel$")) @place
    (keyword_argument
      name: (identifier) @name (#eq? @name "default_factory")
      value: [(attribute) (identifier)] @place)
    (call
      function: (identifier) @name (#eq? @name "defaultdict")
      arguments: (argument_list . [(attribute) (identifier)] @place))
    (expression_statement
      (call
        function: (attribute attribute: (identifier) @method
          (#any-of? @method "append" "appendleft" "extend" "insert")))) @place`,
  marks: /(Queue|[Dd]eque|Chan|memory_object_stream|memory_channel)\b|\.(append(left)?|extend|insert)\(/g,
  bounds: ['size-guard', 'permit', 'joined', 'counted', 'broker-credit', 'stop-code'],
  fixes: [bounded],
};
