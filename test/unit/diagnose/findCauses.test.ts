import { describe, expect, it } from 'vitest';
import { findCauses } from '../../../src/diagnose/causes/findCauses';
import { stageReading, type StageReading } from '../../../src/model/sweep';
import { caseOf } from '../../harness/caseOf';
import { broker, watched } from '../../harness/observations';

const observation = watched([]);
const metrics = (row: Partial<StageReading> & { name: string }) => {
  const latest = stageReading.parse(row);
  return { first: latest, latest, seconds: 60 };
};

describe('the causes of a bottleneck', () => {
  it('are that a broker holds back whom it keeps waiting, and none beside it', () => {
    const { trouble } = caseOf({ trouble: { stage: null, broker: 'main' } });
    expect(findCauses(trouble, null, observation).map(({ kind }) => kind)).toEqual(['broker-flow-control']);
  });

  it('are unknown, and hardly sure, where no queue tells anything', () => {
    const { trouble, figures } = caseOf({ trouble: { queue: null } });
    expect(findCauses(trouble, figures, observation)).toMatchObject([{ kind: 'unknown', confidence: 0.2 }]);
  });

  it('are told by the metrics of their own stage, and never by those of another', () => {
    const { trouble, figures } = caseOf();
    const first = (...stages: ReturnType<typeof metrics>[]) =>
      findCauses(trouble, figures, { ...observation, stages })[0].kind;
    const [idle, full] = [metrics({ name: 'others', cpu: 0.1 }), metrics({ name: 'payments', cpu: 0.97 })];
    expect(first(idle, full)).toBe('cpu-bound');
    expect(first(idle)).toBe('too-few-consumers');
  });

  it('are told by the round trip of their own broker, and never by that of another', () => {
    const { trouble, figures } = caseOf({ reading: { prefetch: 2 } });
    const first = (...names: string[]) => {
      // 30/s for each of 2 consumers, 50 ms away: 2 on the wire and 1 in work.
      const brokers = names.map((name) => broker(name, { roundTripSeconds: name === 'main' ? 0.05 : 0 }));
      return findCauses(trouble, figures, { ...observation, brokers })[0].kind;
    };
    expect(first('other', 'main')).toBe('prefetch-too-small');
    expect([first('other'), first()]).toEqual(['too-few-consumers', 'too-few-consumers']);
  });
});
