import type { Rule } from '../../../rule';
import { semaphore } from '../unbounded-spawn/semaphore';
import { buffered, limited } from './limited';

/** All elements of a collection started together, as many as there is data. */
export const unboundedFanout: Rule = {
  id: 'rust/unbounded-fanout',
  title: 'All of a listing started at once',
  help: 'One future for each element of a collection that is as long as the data: ten today, a hundred thousand next year, all open at the same time. What they call is flooded, and their results are held together. Make a stream of them and let buffered(n) or for_each_concurrent(n, …) limit how many run at once, or go through the collection in chunks.',
  words:
    /\b(join_all|FuturesUnordered|FuturesOrdered|for_each_concurrent|buffer_unordered|buffered|spawn|spawn_blocking)\b/,
  query: `
    (call_expression
      function: [
        (identifier) @name
        (scoped_identifier name: (identifier) @name)
        (field_expression field: (field_identifier) @name)
        (generic_function function: (field_expression field: (field_identifier) @name))
      ]
      (#any-of? @name "join_all" "try_join_all" "collect" "for_each_concurrent" "try_for_each_concurrent"
        "buffer_unordered" "buffered" "try_buffer_unordered" "spawn" "spawn_blocking")) @place`,
  growth: 'fanout',
  bounds: ['permit', 'permit-in-task', 'counted', 'joined', 'broker-credit', 'stop-code'],
  severityOf: ({ unit }) => (unit === 'message' ? 'high' : 'medium'),
  diagnosticFrom: 'high',
  messageOf: ({ source, unit }) =>
    unit === 'element'
      ? `Every element of \`${source}\` is started at once: as many run together as there is data.`
      : `Every ${unit} of \`${source}\` is started as it arrives, without a limit: as many run together as there are.`,
  lensOf: ({ unit }) => (unit === 'element' ? 'unbounded: all elements at once' : `unbounded: every ${unit} at once`),
  fixes: [buffered, limited, semaphore('rust/unbounded-fanout')],
};
