import type { Rule } from '../../../rule';
import { queuePerItem } from '../../queuePerItem';
import { bounded } from './bounded';

/** A queue without a size that is filled with each message. */
export const unboundedQueue: Rule = {
  ...queuePerItem('put into', 'queue'),
  id: 'csharp/unbounded-queue',
  title: 'A queue without a size, filled with each message',
  help: 'An unbounded channel or collection takes whatever is put into it. When whoever empties it is slower, or stops, it grows until the process is killed, and nobody upstream notices. Make it with a size (Channel.CreateBounded with FullMode.Wait, new BlockingCollection(n), BoundedCapacity) and wait where items are put; where nothing can wait, say what happens when it is full.',
  words: /\bCreateUnbounded\b|\b(BlockingCollection|ConcurrentQueue|BufferBlock|ActionBlock)\s*</,
  query: `
    (invocation_expression function: (member_access_expression name: (generic_name (identifier) @name)) (#eq? @name "CreateUnbounded")) @place
    (object_creation_expression type: (generic_name (identifier) @name)
      (#any-of? @name "BlockingCollection" "ConcurrentQueue" "BufferBlock" "ActionBlock")) @place
    (implicit_object_creation_expression) @place`,
  bounds: ['size-guard', 'permit', 'counted', 'broker-credit', 'leaves-loop', 'stop-code'],
  fixes: [bounded],
};
