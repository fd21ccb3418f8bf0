import type { Rule } from '../../../rule';
import { queuePerItem } from '../../queuePerItem';
import { bounded } from './size';

/** A queue without a size that is filled with each message. */
export const unboundedQueue: Rule = {
  ...queuePerItem('put into', 'queue'),
  id: 'py/unbounded-queue',
  title: 'A queue without a size, filled with each message',
  help: 'A queue without a maxsize takes whatever is put into it. When whoever empties it is slower, or stops, it grows until the process is killed, and nobody upstream notices. Give it a maxsize, so that put waits; where put_nowait is used, say what happens when it is full.',
  words: /(Queue|\bdeque)\s*(\[[^\]]*\]\s*)?\(|\b(default_factory\s*=|defaultdict\()\s*[\w.]*(Queue|deque)\b/,
  query: `
    (call function: [(attribute) (identifier) (subscript)]) @place
    (keyword_argument
      name: (identifier) @name (#eq? @name "default_factory")
      value: [(attribute) (identifier)] @place)
    (call
      function: (identifier) @name (#eq? @name "defaultdict")
      arguments: (argument_list . [(attribute) (identifier)] @place))`,
  marks: /(Queue|deque)\b/g,
  bounds: ['size-guard', 'permit', 'joined', 'counted', 'broker-credit', 'stop-code'],
  fixes: [bounded],
};
