import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/figure';
import { queueId } from '../../../src/model/identity';
import { parseBrokerUrl } from '../../../src/model/brokerUrl';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage, type Flow, type QueueOverTime } from '../../harness/observations';

const on = (name: string, more: Flow) => {
  const id = queueId({ broker: name, destination: more.destination, group: more.group ?? null });
  return flow({ ...more, reading: { broker: name, id, ...more.reading } });
};

describe('a queue that the file names and no broker lists', () => {
  const named = pipelineOf(stage('w', [ref('orders/w')], [ref('results')]));
  const listed = [flow({ destination: 'orders', group: 'w', arrives: 5 })];
  const texts = (brokers: ReturnType<typeof broker>[], queues: QueueOverTime[] = []) =>
    analyzed(queues, named, { brokers })
      .notes.filter(({ code }) => code === 'queue-not-listed')
      .map(({ text }) => text);

  it('has a note with what to check: its name, and where it has one its group', () => {
    expect(texts([broker('main')])).toEqual([
      'orders › w: main does not list it; check the name and the group, or it does not exist yet.',
      'results: main does not list it; check the name, or it does not exist yet.',
    ]);
    expect(texts([], listed)).toEqual(['results: main does not list it; check the name, or it does not exist yet.']);
  });

  it('is not sought by its name when its own broker failed, and is when another one did', () => {
    const [main, other] = [broker('main', { state: 'failed' }), broker('other', { state: 'failed' })];
    expect(texts([broker('other'), main], listed)).toEqual(['results: main could not be read.']);
    expect(texts([other, broker('main')], listed)[0]).toContain('main does not list it');
  });

  it('is still an input of its stage, as a row whose figures are unknown and not old', () => {
    const { queues, stages } = analyzed([], named, { later: 3600 });
    expect(stages[0]).toMatchObject({ consumes: ['main/orders/w'], produces: ['main/results'] });
    expect(queues.map(({ state, backlog, missing }) => [state, backlog, missing.backlog?.kind])).toEqual([
      ['unknown', null, 'unknown'],
      ['unknown', null, 'unknown'],
    ]);
  });

  it('is of the kind that its broker has by the file', () => {
    const brokers = [
      { ...parseBrokerUrl('kafka://127.0.0.1:9092'), name: 'other' },
      { ...parseBrokerUrl('amqp://127.0.0.1:5672'), name: 'main' },
    ];
    expect(analyzed([], { ...named, brokers }).queues[0]).toMatchObject({ system: 'rabbitmq', kind: 'queue' });
    expect(analyzed([], { ...named, brokers: brokers.slice(0, 1) }).queues[0]!.system).toBe('prometheus');
  });
});

describe('the graph of a pipeline file', () => {
  it('leaves out queues that the file does not name, and needs no note where all are listed', () => {
    const queues = ['orders', 'others'].map((destination) => flow({ destination, group: 'w', arrives: 5 }));
    const report = analyzed(queues, pipelineOf(stage('w', [ref('orders/w')], [])));
    expect(report.queues.map(({ id }) => id)).toEqual(['main/orders/w']);
    expect(report.notes).toEqual([]);
  });

  it('has no rate on an edge to a queue that several stages share, for nobody counts who does how much', () => {
    const shared = pipelineOf(
      stage('one', [], [ref('in/w')]),
      stage('two', [], [ref('in/w'), ref('own/w')]),
      stage('left', [ref('in/w')], []),
      stage('right', [ref('in/w'), ref('own/w')], []),
    );
    const queues = ['in', 'own'].map((destination) => flow({ destination, group: 'w', arrives: 5 }));
    const rates = analyzed(queues, shared).edges.map(({ from, to, rate }) => [from, to, rate && Math.round(rate)]);
    expect(rates).toEqual([
      ['one', 'main/in/w', null],
      ['two', 'main/in/w', null],
      ['two', 'main/own/w', 5],
      ['main/in/w', 'left', null],
      ['main/in/w', 'right', null],
      ['main/own/w', 'right', 5],
    ]);
  });
});

describe('a queue without groups, where there is no file', () => {
  const statesOf = (...queues: Omit<Flow, 'destination' | 'group'>[]) =>
    analyzed(queues.map((more, i) => flow({ ...more, destination: `q${i}`, group: null }))).stages.map(
      ({ name, state }) => [name, state],
    );

  it('is a stage of its own name, beside those of others on the same broker', () => {
    expect(statesOf({ arrives: 5, consumers: 2 }, { arrives: 5, consumers: 1 })).toEqual([
      ['q0', 'busy'],
      ['q1', 'busy'],
    ]);
  });

  it('is one while consumers are there, though nothing is to be done', () => {
    expect(statesOf({ consumers: 2 })).toEqual([['q0', 'idle']]);
  });

  it('is none while it is empty and nobody reads it', () => {
    expect(statesOf({ consumers: 0 }, { consumers: null })).toEqual([]);
  });

  it('is one where messages move although nobody counts consumers', () => {
    expect(statesOf({ arrives: 5, consumers: null })).toEqual([['q0', 'busy']]);
  });

  it('is a bottleneck where messages wait or arrive and nobody reads', () => {
    expect(statesOf({ waits: 10, finishes: 0, consumers: 0 })).toEqual([['q0', 'bottleneck']]);
    const uncounted = { backlog: null, waiting: null, consumed: null };
    expect(statesOf({ arrives: 5, consumers: 0, reading: uncounted })).toEqual([['q0', 'bottleneck']]);
  });

  it('is none where neither its backlog nor its consumers could be read', () => {
    const denied = { backlog: null, waiting: null, missing: { backlog: unknown('denied') } };
    expect(statesOf({ consumers: null, reading: denied })).toEqual([]);
  });
});

describe('stages of one name, where there is no file', () => {
  const namesOf = (queues: QueueOverTime[]) =>
    analyzed(queues, null, { brokers: [broker('main'), broker('far')] }).stages.map(({ name, consumes }) => [
      name,
      ...consumes,
    ]);

  it('are one where a group reads several topics of a broker', () => {
    const queues = ['a', 'b'].map((destination) => on('main', { destination, group: 'w', arrives: 5 }));
    expect(namesOf(queues)).toEqual([['w', 'main/a/w', 'main/b/w']]);
  });

  it('are there while nobody is in the group and nothing waits for it', () => {
    expect(namesOf([on('main', { destination: 'a', group: 'w', consumers: 0 })])).toEqual([['w', 'main/a/w']]);
  });

  it('are told apart by broker and topic where groups of two brokers are called the same', () => {
    const queues = ['main', 'far'].map((name) => on(name, { destination: 'a', group: 'w', arrives: 5 }));
    expect(namesOf(queues)).toEqual([
      ['w', 'main/a/w'],
      ['w (far a)', 'far/a/w'],
    ]);
  });

  it('are told apart by broker where queues of two brokers are called the same', () => {
    const queues = ['main', 'far'].map((name) => on(name, { destination: 'jobs', group: null, arrives: 5 }));
    expect(namesOf(queues)).toEqual([
      ['jobs', 'main/jobs'],
      ['jobs (far)', 'far/jobs'],
    ]);
  });
});
