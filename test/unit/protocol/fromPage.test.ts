import { describe, expect, it } from 'vitest';
import { parseFromPage } from '../../../src/protocol/fromPage';

describe('a message of the page', () => {
  it('passes when it is one of the protocol', () => {
    const change = { stage: 'payment', instances: 3, producerLimit: null, drainSeconds: 600 };
    for (const message of [
      { type: 'ready' },
      { type: 'copyText', text: 'kubectl get pods' },
      { type: 'whatIf', change },
    ])
      expect(parseFromPage(message)).toEqual(message);
  });

  it('is none when a part is missing, of another kind or longer than any of ours', () => {
    for (const message of [
      null,
      { type: 'dance' },
      { type: 'copyText' },
      { type: 'copyText', text: 'x'.repeat(100_000) },
      { type: 'whatIf', change: { stage: 7 } },
      { type: 'whatIf', change: { stage: 'payment', instances: 'many' } },
    ])
      expect(parseFromPage(message)).toBeNull();
  });
});
