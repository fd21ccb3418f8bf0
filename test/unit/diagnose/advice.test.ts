import { describe, expect, it } from 'vitest';
import { autoscale, boundedBuffer, setPrefetch } from '../../../src/diagnose/advice/buffers';
import { addressOf, type Case } from '../../../src/diagnose/advice/case';
import { batch, circuitBreaker, fixDownstream } from '../../../src/diagnose/advice/downstream';
import { optimiseHot, rekey } from '../../../src/diagnose/advice/hotPartition';
import { limitProducer, milliseconds, optimise } from '../../../src/diagnose/advice/pace';
import { extendRetention, freeBroker, restartConsumer, startConsumer } from '../../../src/diagnose/advice/repair';
import { queueFacts } from '../../../src/diagnose/facts';
import { reportQueue } from '../../../src/diagnose/queues';
import type { StageFigures } from '../../../src/diagnose/stages';
import { defaultObjectives, type Stage } from '../../../src/model/pipeline';
import type { BrokerReading, QueueReading } from '../../../src/model/sweep';
import { broker, flow, ref, stage, watched } from '../../harness/observations';

interface Told {
  trouble?: Partial<Case['trouble']>;
  figures?: Partial<StageFigures> | null;
  file?: Partial<Stage>;
  reading?: Partial<QueueReading>;
  brokerIs?: Partial<BrokerReading>;
  /** Messages per second out of the first of four partitions, into which 40/s come; the others do their 20/s. */
  hot?: number;
}

const objectives = { ...defaultObjectives, drainSeconds: 300, utilisation: 0.7, maxAgeSeconds: 60 };

/** Two instances do 30/s each of the 100/s that arrive, and 2,400 wait: 100/0.7 = 142.9/s are needed. */
function caseOf({ trouble, figures = {}, file, reading, brokerIs, hot }: Told = {}): Case {
  const queue = flow({ destination: 'a', arrives: 100, finishes: 60, consumers: 2, ...(reading && { reading }) });
  const partition = (seconds: number, index: number) => {
    const [end, committed] = [(index === 0 ? 40 : 20) * seconds, (index === 0 ? (hot ?? 0) : 20) * seconds];
    return { partition: index, start: 0, end, committed, backlog: end - committed, consumer: null };
  };
  const rows = (seconds: number) => [0, 1, 2, 3].map((index) => partition(seconds, index));
  const { queues, to } = watched([(now) => ({ ...queue(now)!, ...(hot !== undefined && { partitions: rows(now) }) })]);
  const facts = queueFacts(queues[0]!, to, null);
  const report = reportQueue(facts, { objectives, now: to });
  const node = { facts, report, readers: [], writers: [] };
  const known = { serviceRate: 60, instances: 2, utilisation: null, inputRate: 100, processingRate: 60, missing: {} };
  return {
    trouble: {
      stage: { name: 'payments', file: stage('payments', [ref('a')], [], file), inputs: [node], outputs: [] },
      ...{ broker: null, queue: node, inputRate: 100, processingRate: 60, deficit: 40, backlog: 2400 },
      ...{ severity: 'warning', confidence: 1, chain: [], ...trouble },
    },
    figures: figures && { ...known, ...figures },
    objectives,
    brokers: [broker('main', brokerIs)],
  };
}
const unknownInput = { trouble: { inputRate: null } };
const unknownBacklog = { trouble: { backlog: null } };

describe('advice on how many', () => {
  it('scales with the backlog up to what is needed now, with its price', () => {
    expect(autoscale(caseOf({ file: { costPerInstance: 40 } }))).toMatchObject({
      ...{ instances: 5, monthlyCost: 200, drainSeconds: 48 },
      title: 'Scale payments with its backlog, from 2 to 5 instances',
    });
    expect(autoscale(caseOf())?.monthlyCost).toBeNull();
    expect(autoscale(caseOf({ figures: { instances: 5, serviceRate: 150 } }))).toBeNull();
    expect(autoscale(caseOf({ figures: { instances: null }, file: { ratePerInstance: 30 } }))).toBeNull();
    expect(autoscale(caseOf(unknownInput))).toBeNull();
  });

  it('starts as many as are needed of what nobody runs, or one while nobody knows what one can do', () => {
    const known = startConsumer(caseOf({ figures: null, file: { ratePerInstance: 30, costPerInstance: 2 } }));
    expect(known).toMatchObject({ title: 'Start 5 instances of payments', instances: 5, drainSeconds: 48 });
    expect(known.monthlyCost).toBe(10);
    const unknown = startConsumer(caseOf({ figures: null }));
    expect(unknown).toMatchObject({ title: 'Start a consumer of payments', instances: null, drainSeconds: null });
  });

  it('holds no more than is done within the age that is allowed: 60/s for a minute', () => {
    expect(boundedBuffer(caseOf())?.bufferSize).toBe(3600);
    expect(boundedBuffer(caseOf({ figures: null, trouble: { processingRate: 50 } }))?.bufferSize).toBe(3000);
    expect(boundedBuffer(caseOf({ figures: null, trouble: { processingRate: 0 } }))).toBeNull();
  });
});

describe('advice on the prefetch', () => {
  const far = { brokerIs: { roundTripSeconds: 0.05 } };

  it('is what each consumer needs while it waits for the wire', () => {
    // 71.4/s × 50 ms and one in work; with 60,000 waiting 150/s × 50 ms and one.
    expect(setPrefetch(caseOf(far))).toMatchObject({ prefetch: 5, title: 'Set the prefetch of payments to 5' });
    const much = { ...far, trouble: { backlog: 60_000 }, reading: { prefetch: 2 } };
    expect(setPrefetch(caseOf(much))).toMatchObject({
      prefetch: 9,
      title: 'Set the prefetch of payments to 9 (now 2)',
    });
  });

  it('tells when the backlog is gone where the file says what a consumer can do', () => {
    expect(setPrefetch(caseOf(far))?.drainSeconds).toBeNull();
    // Five in 50 ms and the 5 ms of one are 90.9/s each, which is less than 200/s; 60/s are less than that.
    const drains = (ratePerInstance: number) =>
      setPrefetch(caseOf({ ...far, file: { ratePerInstance } }))?.drainSeconds;
    expect(drains(200)).toBeCloseTo(2400 / (2 * (5 / 0.055) - 100), 6);
    expect(drains(60)).toBeCloseTo(2400 / 20, 6);
  });

  it('is none where the round trip, the consumers or the arrivals are not known', () => {
    expect(setPrefetch(caseOf())).toBeNull();
    expect(setPrefetch(caseOf({ ...far, ...unknownInput }))).toBeNull();
    expect(setPrefetch(caseOf({ ...far, reading: { consumers: null } }))).toBeNull();
  });
});

describe('advice on the pace', () => {
  it('is the time of a message in which the same instances are enough', () => {
    const found = optimise(caseOf());
    expect(found?.title).toBe('Finish a message in 14 ms (now 33 ms)');
    expect(found?.targetSecondsPerMessage).toBeCloseTo(0.014, 9);
    expect(found?.drainSeconds).toBeCloseTo(56, 6);
    // 100/s and 60,000 in 300 s are 300/s.
    expect(optimise(caseOf({ trouble: { backlog: 60_000 } }))?.targetSecondsPerMessage).toBeCloseTo(2 / 300, 9);
    expect(optimise(caseOf(unknownBacklog))).toBeNull();
    expect(optimise(caseOf({ trouble: { inputRate: 0, backlog: 0 } }))).toBeNull();
  });

  it('is the rate of the producers at which the stage is not full', () => {
    const found = limitProducer(caseOf());
    expect(found?.producerLimit).toBeCloseTo(42, 9);
    expect(found?.drainSeconds).toBeCloseTo(2400 / 18, 6);
    for (const none of [unknownInput, unknownBacklog, { figures: null }])
      expect(limitProducer(caseOf(none))).toBeNull();
    const full = limitProducer({ ...caseOf(), objectives: { ...objectives, utilisation: 1 } });
    expect(full).toMatchObject({ producerLimit: 60, drainSeconds: null });
    expect(full?.why).toContain('the rest empties 2,400 never.');
  });

  it('is said in the unit of its size', () => {
    expect([2, 0.9, 0.01, 0.0099].map(milliseconds)).toEqual(['2 s', '900 ms', '10 ms', '9.9 ms']);
  });
});

describe('advice on what a stage waits for', () => {
  it('is the time in which it has to get a message through', () => {
    expect(fixDownstream(caseOf()).title).toBe('Find what payments waits for and get a message through in 14 ms');
    expect(fixDownstream(caseOf()).drainSeconds).toBeCloseTo(56, 6);
    for (const none of [unknownInput, unknownBacklog, { figures: null }])
      expect(fixDownstream(caseOf(none))).toMatchObject({ title: 'Find what payments waits for', drainSeconds: null });
  });

  it('is one call for as many messages as make up for it, from two on', () => {
    // 33 ms now and 14 ms allowed.
    expect(batch(caseOf())?.title).toBe('Handle 3 messages of payments with one call downstream');
    expect(batch(caseOf({ trouble: { inputRate: 40 } }))).toBeNull();
    expect(batch(caseOf(unknownInput))).toBeNull();
  });

  it('leaves in the queue what is in flight', () => {
    expect(circuitBreaker(caseOf({ reading: { inFlight: 40 } })).why).toContain('instead of holding 40 in flight');
    expect(circuitBreaker(caseOf()).why).toContain('instead of holding them in flight');
  });
});

describe('advice on a hot partition', () => {
  it('spreads its keys, makes its one reader quicker, and limits the producers to what that one can do', () => {
    const hot = caseOf({ hot: 20 });
    expect(rekey(hot)?.title).toBe('Spread the keys of a: partition 0 takes 100 % of the growth');
    expect(optimiseHot(hot)?.targetSecondsPerMessage).toBeCloseTo(0.7 / 40, 9);
    // 40 of 100 come into it and it does 20/s: 50/s in all. At 70 % of that 14/s come, and 1,200 wait in it.
    expect(limitProducer(hot)?.producerLimit).toBeCloseTo(35, 9);
    expect(limitProducer(hot)?.drainSeconds).toBeCloseTo(1200 / 6, 6);
    expect([rekey(caseOf()), optimiseHot(caseOf())]).toEqual([null, null]);
  });

  it('names the one whose reader stands still', () => {
    expect(restartConsumer(caseOf({ hot: 0 })).title).toContain('payments that reads partition 0, after');
    expect(restartConsumer(caseOf({ hot: 20 })).title).not.toContain('partition');
  });
});

describe('advice on repairs', () => {
  it('restarts who is connected and finishes nothing, with what waits for it', () => {
    expect(restartConsumer(caseOf())).toMatchObject({
      ...{ title: 'Restart the consumer of payments, after a look at what it waits for', instances: 2 },
      why: 'It is connected and finishes nothing; 2,400 wait for it.',
    });
    expect(restartConsumer(caseOf({ reading: { backlog: null } })).why).toContain('; messages wait for it.');
  });

  it('tells what the broker says of its pressure', () => {
    const trouble = { stage: null, broker: 'main' };
    const pressed = caseOf({ trouble, brokerIs: { pressure: ['memory alarm', 'disk alarm'] } });
    expect(freeBroker(pressed)).toMatchObject({
      ...{ title: 'Give main room again', why: 'It says: memory alarm; disk alarm.' },
    });
    expect(freeBroker(caseOf({ trouble })).why).toBe('It keeps its publishers waiting.');
  });

  it('keeps messages for twice their age and the time to drain, in whole hours, where they are about to be lost', () => {
    // 2 × (5,000 s + 300 s) are 2 h 57 m.
    const risk = { lost: 5, ageSeconds: 5000 };
    expect(extendRetention(caseOf({ reading: risk }))?.commands[0]).toMatch(
      /^kafka-configs\.sh --bootstrap-server 127\.0\.0\.1:9092 .* --entity-name a --add-config retention\.ms=10800000$/,
    );
    expect(extendRetention(caseOf({ reading: { ...risk, system: 'redis' } }))).toBeNull();
    expect(extendRetention(caseOf())).toBeNull();
  });

  it("names a broker as its own commands do: without its scheme, the user's name and what comes after", () => {
    const at = (url: string) => addressOf([broker('other'), broker('main', { url })], 'main');
    expect(at('kafka://one:9092,two:9093')).toBe('one:9092,two:9093');
    expect(at('kafkas://user:word@one:9092/path?tls=1')).toBe('one:9092');
    expect(addressOf([], 'main')).toBe('');
  });
});
