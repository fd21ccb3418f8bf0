import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/diagnose/advice/case';
import { deadLetter, keepMembers, smallerPolls } from '../../../src/diagnose/advice/loops';
import { extendRetention, freeBroker, restartConsumer } from '../../../src/diagnose/advice/repair';
import { caseOf } from '../../harness/caseOf';
import { broker } from '../../harness/observations';

describe('advice on repairs', () => {
  it('restarts who is connected and finishes nothing, with what waits for it', () => {
    expect(restartConsumer(caseOf())).toMatchObject({
      ...{ title: 'Restart the consumer of payments, after a look at what it waits for', instances: 2 },
      why: 'It is connected and finishes nothing; 2,400 wait for it.',
    });
    for (const unread of [{ reading: { backlog: null } }, { trouble: { queue: null }, figures: null }])
      expect(restartConsumer(caseOf(unread)).why).toContain('; messages wait for it.');
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
    // 2 × (5,300 s + 300 s) are 3 h 7 m.
    const risk = { lost: 5, ageSeconds: 5300 };
    expect(extendRetention(caseOf({ reading: risk }))?.title).toBe('Keep the messages of a for 4 h at least');
    expect(extendRetention(caseOf({ reading: risk }))?.commands[0]).toMatch(
      /^kafka-configs\.sh --bootstrap-server 127\.0\.0\.1:9092 .* --entity-name a --add-config retention\.ms=14400000$/,
    );
    expect(extendRetention(caseOf({ reading: { ...risk, system: 'redis' } }))).toBeNull();
    expect(extendRetention(caseOf())).toBeNull();
    expect(extendRetention(caseOf({ trouble: { queue: null } }))).toBeNull();
    const unread = { lost: 5, backlog: null, ageSeconds: null };
    expect(extendRetention(caseOf({ reading: unread }))?.title).toContain('for 1 h at least');
  });

  it("names a broker as its own commands do: without its scheme, the user's name and what comes after", () => {
    const at = (url: string) => addressOf([broker('other'), broker('main', { url })], 'main');
    expect(at('kafka://one:9092,two:9093')).toBe('one:9092,two:9093');
    expect(at('kafkas://user:word@one:9092/path?tls=1')).toBe('one:9092');
    expect(addressOf([], 'main')).toBe('');
  });
});

describe('advice on loops', () => {
  const member = (id: string) => ({ id, client: null, host: null, inFlight: null, idleSeconds: null, prefetch: null });

  it('keeps the members of a group, so many as were seen, or without a number where nobody told', () => {
    const seen = keepMembers(caseOf({ reading: { members: [member('x'), member('y')] } }));
    expect(seen).toMatchObject({ kind: 'restart-consumer', instances: 2 });
    expect(seen.why).toMatch(/^2 members seen; with an id of its own /);
    expect(keepMembers(caseOf({ reading: { members: null } })).why).toMatch(/^With an id of its own /);
    expect(keepMembers(caseOf({ trouble: { queue: null }, figures: null })).instances).toBeNull();
  });

  it('sets aside what is delivered again and again, in the dead-letter queue that there is', () => {
    const none = deadLetter(caseOf());
    expect(none.title).toBe('Move messages of a that failed a few times to a dead-letter queue');
    expect(none.why).toContain('instead of more than 60/s being finished;');
    expect(deadLetter(caseOf({ reading: { deadLetter: 'a.dead' } })).title).toMatch(
      / queue \(a\.dead is set: limit the deliveries\)$/,
    );
    const unread = deadLetter(caseOf({ trouble: { queue: null, processingRate: null } }));
    expect([unread.title, unread.why].join()).toMatch(/^Move messages of payments .* instead of new ones; set/);
  });
});

describe('the price of advice', () => {
  const price = { file: { costPerInstance: 40 } };

  it('is that of the instances there are, where it adds none', () => {
    expect(smallerPolls(caseOf(price)).monthlyCost).toBe(80);
    expect(smallerPolls(caseOf({ file: { costPerInstance: 0 } })).monthlyCost).toBe(0);
  });

  it('is not known without a price, without a file, without a stage or without their number', () => {
    const unknown = [{}, { file: null }, { trouble: { stage: null, broker: 'main' } }, { ...price, figures: null }];
    for (const told of [...unknown, { ...price, figures: { instances: null } }])
      expect(smallerPolls(caseOf(told)).monthlyCost).toBeNull();
  });
});
