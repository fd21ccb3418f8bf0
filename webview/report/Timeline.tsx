import { plain } from '../../src/model/escape';
import type { Report } from '../../src/model/report';
import { clock, queueName, stateWords } from '../words';

/** Changes of state, latest first. */
export function Timeline({ report }: { report: Report }) {
  if (report.timeline.length === 0) return null;
  const names = new Map(report.queues.map((queue) => [queue.id, queueName(queue)]));
  return (
    <section>
      <h2>What changed</h2>
      <ol class="timeline">
        {report.timeline.toReversed().map(({ at, queue, from, to, severity, reason }) => (
          <li key={`${at} ${queue}`} class={severity}>
            <time dateTime={at}>{clock(at)}</time>
            <span>
              <strong>{names.get(queue) ?? plain(queue)}</strong> {from === null ? '' : `${stateWords[from]} → `}
              {stateWords[to]} <span class="quiet">{reason}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
