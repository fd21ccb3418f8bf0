import { percent } from '../../src/model/format';
import type { Bottleneck, Cause, CauseKind } from '../../src/model/report';

const causeWords: Record<CauseKind, string> = {
  'too-few-consumers': 'Too few consumers',
  'partition-limited': 'Limited by partitions',
  'hot-partition': 'One hot partition',
  'stuck-consumer': 'A consumer is stuck',
  'no-consumer': 'No consumer',
  'cpu-bound': 'Out of processor time',
  'memory-bound': 'Out of memory',
  'downstream-wait': 'Waits for what comes after it',
  'rebalance-loop': 'Keeps rebalancing',
  'redelivery-loop': 'Keeps redelivering',
  'prefetch-too-small': 'Prefetch too small',
  'prefetch-too-large': 'Prefetch too large',
  'publisher-burst': 'A burst of the publisher',
  'broker-flow-control': 'The broker holds publishers back',
  unknown: 'Cause unknown',
};

/** Why it backs up, with the evidence; what it was less likely is folded. */
export function Causes({ cause, otherCauses }: Bottleneck) {
  return (
    <section>
      <h2>Why</h2>
      <OneCause {...cause} />
      {otherCauses.length > 0 && (
        <details>
          <summary>Less likely: {otherCauses.map(({ kind }) => causeWords[kind].toLowerCase()).join(', ')}</summary>
          {otherCauses.map((other) => (
            <OneCause key={other.kind} {...other} />
          ))}
        </details>
      )}
    </section>
  );
}

const OneCause = ({ kind, confidence, evidence }: Cause) => (
  <div class="cause">
    <p>
      <strong>{causeWords[kind]}</strong> <span class="quiet">{percent(confidence)} sure</span>
    </p>
    <ul>
      {evidence.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  </div>
);
