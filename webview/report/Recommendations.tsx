import type { ComponentChildren } from 'preact';
import { count, duration, plural, rate } from '../../src/model/format';
import type { Bottleneck, Recommendation } from '../../src/model/report';
import { Command } from './Command';
import { Place } from './Place';

interface RecommendationsProps extends Bottleneck {
  /** Stands in the first one. */
  children?: ComponentChildren;
}

/** In order; each one line and one number, the first one open. */
export function Recommendations({ recommendations, next, children }: RecommendationsProps) {
  if (recommendations.length === 0) return null;
  return (
    <section>
      <h2>What to do</h2>
      <ol class="advice">
        {recommendations.map((advice, i) => (
          // By place: the figures in a title change while somebody reads or types below it.
          <li key={i}>
            <details open={i === 0}>
              <summary>
                <span class="title">{advice.title}</span> <span class="number">{mainFigure(advice)}</span>
              </summary>
              <p>{advice.why}</p>
              {advice.commands.map((command) => (
                <Command key={command} command={command} />
              ))}
              {advice.code?.map((place) => (
                <Place key={`${place.path}:${place.line}`} {...place} />
              ))}
              {i === 0 && children}
            </details>
          </li>
        ))}
      </ol>
      {next && (
        <p class="quiet">
          Then the next limit is <strong>{next.stage}</strong>
          {next.atRate === null ? '; its capacity has not been seen yet.' : ` at ${rate(next.atRate)}.`}
        </p>
      )}
    </section>
  );
}

/** The one number of a recommendation. */
function mainFigure(advice: Recommendation): string {
  if (advice.partitions !== null && advice.kind !== 'scale-out') return plural(advice.partitions, 'partition');
  if (advice.instances !== null) return plural(advice.instances, 'instance');
  if (advice.prefetch !== null) return `prefetch ${count(advice.prefetch)}`;
  if (advice.producerLimit !== null) return rate(advice.producerLimit);
  if (advice.bufferSize !== null) return plural(advice.bufferSize, 'message');
  if (advice.targetSecondsPerMessage !== null) return `${milliseconds(advice.targetSecondsPerMessage)} a message`;
  return '';
}

const milliseconds = (seconds: number) =>
  seconds < 1 ? `${Number((seconds * 1000).toPrecision(2))} ms` : duration(seconds);
