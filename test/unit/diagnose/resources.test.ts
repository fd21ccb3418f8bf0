import { describe, expect, it } from 'vitest';
import { cpuBound, downstreamWait, memoryBound } from '../../../src/diagnose/causes/resources';
import { stageReading, type QueueReading, type StageReading } from '../../../src/model/sweep';
import { flow, watched, type Flow } from '../../harness/observations';
import { situationOf } from '../../harness/situationOf';

/** 2,400 wait, and two consumers work. */
const situation = (metrics: Partial<StageReading>, reading: Partial<QueueReading> = {}, more: Partial<Flow> = {}) =>
  situationOf(
    watched([flow({ destination: 'a', arrives: 100, finishes: 60, consumers: 2, reading, ...more })]).queues[0]!,
    {
      metrics: stageReading.parse({ name: 'payments', ...metrics }),
    },
  );
const unread = { backlog: null, waiting: null };

describe('a resource at its limit', () => {
  it('is the processors from 90 % on', () => {
    expect(cpuBound(situation({ cpu: 0.9 }))?.evidence).toEqual(['CPU is at 90 % of its limit while 2,400 wait.']);
    expect(cpuBound(situation({ cpu: 0.9 }, unread))?.evidence[0]).toMatch(/while its backlog grows\.$/);
    expect(cpuBound(situation({ cpu: 0.89 }))).toBeNull();
    expect(cpuBound(situation({ memory: 0.95 }))).toBeNull();
  });

  it('is the memory from 90 % on', () => {
    expect(memoryBound(situation({ memory: 0.9 }))?.evidence).toEqual([
      'Memory is at 90 % of its limit while 2,400 wait.',
    ]);
    expect(memoryBound(situation({ memory: 0.89 }))).toBeNull();
    expect(memoryBound(situation({ cpu: 0.95 }))).toBeNull();
  });

  it('is none where nothing measures the stage', () => {
    const blind = { ...situation({}), metrics: null };
    expect([cpuBound(blind), memoryBound(blind), downstreamWait(blind)]).toEqual([null, null, null]);
  });
});

describe('waiting for something that is called', () => {
  const waits = (...facts: Parameters<typeof situation>) => downstreamWait(situation(...facts));

  it('is what processors do below half of their limit while work waits', () => {
    expect(waits({ cpu: 0.49 })).toEqual({
      ...{ kind: 'downstream-wait', confidence: 0.7 },
      evidence: ['CPU is at 49 % of its limit though 2,400 wait.'],
    });
    expect(waits({ cpu: 0.5 })).toBeNull();
    expect(waits({})).toBeNull();
    expect(waits({ cpu: 0.1 }, {}, { finishes: 0 })).toBeNull();
  });

  it('is not what they do while memory is at its limit', () => {
    expect(waits({ cpu: 0.1, memory: 0.89 })).not.toBeNull();
    expect(waits({ cpu: 0.1, memory: 0.9 })).toBeNull();
  });

  it('is certain where the network is full, however busy the processors are', () => {
    expect(waits({ cpu: 0.8, network: 0.9 })).toMatchObject({
      ...{ confidence: 0.85, evidence: ['Its network is at 90 % of its limit.'] },
    });
    expect(waits({ cpu: 0.8, network: 0.89 })).toBeNull();
    expect(waits({ cpu: 0.1, network: 0.89 })?.evidence).toEqual(['CPU is at 10 % of its limit though 2,400 wait.']);
  });

  it('is certain where its consumers hold as much as they may', () => {
    const found = waits({ cpu: 0.1 }, { inFlight: 40, prefetch: 20 });
    expect(found?.confidence).toBe(0.85);
    expect(found?.evidence[1]).toBe(
      'Its consumers hold 40 messages unacknowledged, as many as their prefetch lets them.',
    );
  });

  it.each<[text: string, reading: Partial<QueueReading>, more?: Partial<Flow>]>([
    ['they hold less', { inFlight: 39, prefetch: 20 }],
    ['nobody limits what they hold', { inFlight: 40, prefetch: null }],
    ['nobody tells what they hold', { inFlight: null, prefetch: 20 }],
    ['nobody counts them', { inFlight: 40, prefetch: 20 }, { consumers: null }],
    ['there is none', { inFlight: 40, prefetch: 20 }, { consumers: 0 }],
  ])('is only likely where %s', (_, reading, more) => {
    expect(waits({ cpu: 0.1 }, reading, more)).toMatchObject({
      confidence: 0.7,
      evidence: [expect.stringMatching('^CPU')],
    });
  });
});
