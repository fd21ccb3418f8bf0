import { plain } from '../../src/model/escape';
import type { Report, Strategy, StrategyKind } from '../../src/model/report';

const words: Record<StrategyKind, string> = {
  'bounded-buffer': 'Bounded buffer',
  'rate-limiting': 'Rate limiting',
  autoscaling: 'Autoscaling',
  'load-shedding': 'Load shedding',
  batching: 'Batching',
  'circuit-breaker': 'Circuit breaker',
  'priority-queues': 'Priority queues',
};

const whenFull: Record<NonNullable<Strategy['overflow']>, string> = {
  block: 'blocks when full',
  drop: 'drops when full',
  throttle: 'throttles when full',
  reject: 'rejects when full',
  spill: 'spills to disk when full',
};

/** Those that fit best are shown, the others folded. */
const shown = 3;

/** Ways to control the flow, best fit first, each with what it costs. */
export function Strategies({ report }: { report: Report }) {
  const ranked = report.strategies.toSorted((a, b) => a.rank - b.rank);
  if (ranked.length === 0) return null;
  const others = ranked.slice(shown);
  return (
    <section>
      <h2>Strategies</h2>
      <List strategies={ranked.slice(0, shown)} />
      {others.length > 0 && (
        <details>
          <summary>Fit less: {others.map(({ kind }) => words[kind].toLowerCase()).join(', ')}</summary>
          <List strategies={others} start={shown + 1} />
        </details>
      )}
    </section>
  );
}

const List = ({ strategies, start = 1 }: { strategies: readonly Strategy[]; start?: number }) => (
  <ol class="numbered" start={start}>
    {strategies.map(({ kind, overflow, fits, tradeOff }) => (
      <li key={`${kind} ${overflow ?? ''}`}>
        <strong>{words[kind]}</strong>
        {overflow && <span class="quiet"> {whenFull[overflow]}</span>}
        <p>{plain(fits)}</p>
        <p class="quiet">{plain(tradeOff)}</p>
      </li>
    ))}
  </ol>
);
