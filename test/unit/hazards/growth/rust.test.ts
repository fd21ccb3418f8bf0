import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';

async function told(text: string, rule = 'rust/unbounded-spawn') {
  const { hazards, broken } = await engine.scanText('rust', text, 'orders.rs', { only: [rule], unfixed: true });
  expect(broken).toEqual([]);
  return hazards.map(({ line, severity, evidence, message }) => ({ line, severity, evidence, message }));
}
const lines = async (text: string, rule?: string) => (await told(text, rule)).map(({ line }) => line);
const evidence = async (text: string, rule?: string) => (await told(text, rule)).map((each) => each.evidence);

const reading = (each: string, declared = '') => `use rdkafka::consumer::StreamConsumer;

async fn consume(consumer: StreamConsumer) {
    loop {
        let message = consumer.recv().await.unwrap();
        ${each}
    }
}

${declared}
`;

const loop = 'the loop on line 4 turns once for each message from `consumer.recv()`';

describe('a task in Rust comes with each message', () => {
  it('where a loop that receives starts it', async () => {
    expect(await told(reading('tokio::spawn(work(message));'))).toMatchObject([
      { line: 6, severity: 'high', evidence: [loop] },
    ]);
    expect(await lines(reading('work(message);', 'fn once() {\ntokio::spawn(work(1));\n}'))).toEqual([]);
  });

  it('where a function starts it that the loop calls', async () => {
    const called = reading('dispatch(message);', 'fn dispatch(value: Bytes) {\n    tokio::spawn(work(value));\n}');
    expect(await evidence(called)).toEqual([[loop, '`dispatch` (line 10) is called for it on line 6']]);
    expect(
      await lines(reading('other(message);', 'fn dispatch(value: Bytes) {\ntokio::spawn(work(value));\n}')),
    ).toEqual([]);
  });

  it('with whose permit above the call it is bounded', async () => {
    const called = reading(
      'slots.acquire().await;\ndispatch(message);',
      'fn dispatch(value: Bytes) {\ntokio::spawn(work(value));\n}',
    );
    expect(await lines(called)).toEqual([]);
    const below = 'fn dispatch(value: Bytes) {\nslots.try_acquire();\ntokio::spawn(work(value));\n}';
    expect(await lines(reading('dispatch(message);', below))).toEqual([]);
  });

  it('not where only a test calls the function, or the function itself', async () => {
    const dispatch = 'fn dispatch(value: Bytes) {\ntokio::spawn(work(value));\n}';
    const test =
      '#[tokio::test]\nasync fn all(mut rx: Receiver<Bytes>) {\nwhile let Some(value) = rx.recv().await {\ndispatch(value);\n}\n}';
    expect(await lines(reading('work(message);', `${dispatch}\n\n${test}`))).toEqual([]);
    expect(await lines(reading('work(message);', `${dispatch}\n\n${test.replace('#[tokio::test]\n', '')}`))).toEqual([
      11,
    ]);
    expect(await lines(reading('work(message);', `${dispatch}\n\nfn main() {\ndispatch(1);\n}`))).toEqual([]);
    const itself =
      'async fn again(mut rx: Receiver<Bytes>) {\ntokio::spawn(work(1));\nwhile let Some(value) = rx.recv().await {\nagain(value).await;\n}\n}';
    expect(await lines(reading('work(message);', itself))).toEqual([]);
  });

  it('once, where a task starts the next', async () => {
    expect(await lines(reading('tokio::spawn(async move {\ntokio::spawn(work(message));\n});'))).toEqual([6]);
    const apart = 'fn dispatch(value: Bytes) {\nstd::thread::spawn(move || {\ntokio::spawn(work(value));\n});\n}';
    expect(await lines(reading('dispatch(message);', apart))).toEqual([11]);
    const waiting = 'fn dispatch(value: Bytes) {\nrun(async move {\ntokio::spawn(work(value));\n});\n}';
    expect(await lines(reading('dispatch(message);', waiting))).toEqual([12]);
  });

  it('where it is in a function that a stream is handed', async () => {
    const stream = (method: string) => `use rdkafka::consumer::StreamConsumer;

async fn consume(consumer: StreamConsumer) {
    consumer.stream().${method}(|message| async move {
        tokio::spawn(work(message));
    }).await;
}
`;
    expect(await evidence(stream('for_each'))).toEqual([['`for_each(…)` runs the closure on line 4 for each message']]);
    expect(await lines(stream('map'))).toEqual([]);
  });

  it('where a library runs the function with it', async () => {
    const handler = 'async fn on_order(message: OwnedMessage) {\n    tokio::spawn(work(message));\n}';
    expect(await told(reading('work(message);', handler))).toMatchObject([
      { severity: 'high', evidence: ['`on_order` (line 10) is run for each message'] },
    ]);
  });

  it('that is settled before it is done, unless it is something else that is committed', async () => {
    const settled = await told(reading('tokio::spawn(work(message));\nconsumer.commit_message(&message, mode);'));
    expect(settled).toMatchObject([
      {
        severity: 'critical',
        message: expect.stringContaining(
          '(`consumer.commit_message(&message, mode)` on line 7 does not wait for it)',
        ) as unknown,
      },
    ]);
    const values =
      'use tokio::sync::mpsc;\n\nasync fn run(mut rx: mpsc::Receiver<Job>) {\nwhile let Some(job) = rx.recv().await {\ntokio::spawn(work(job));\ntransaction.commit().await;\n}\n}\n';
    expect(await told(values)).toMatchObject([
      { severity: 'medium', message: expect.not.stringContaining('does not wait') as unknown },
    ]);
  });
});

describe('a channel of Rust without a size is filled with each message', () => {
  const filled = (send: string, declared = '') => `use rdkafka::consumer::StreamConsumer;
use tokio::sync::mpsc::unbounded_channel;

async fn consume(consumer: StreamConsumer) {
    let (tx, mut rx) = unbounded_channel::<Order>();
    loop {
        let message = consumer.recv().await.unwrap();
        ${send}
    }
}

${declared}
`;
  const queue = 'rust/unbounded-queue';

  it('by the loop, or by a task that it starts', async () => {
    expect(await evidence(filled('tx.send(message);'), queue)).toEqual([
      [
        'the loop on line 6 turns once for each message from `consumer.recv()`',
        '`tx.send` on line 8 puts each into it',
      ],
    ]);
    expect(await lines(filled('tokio::spawn(async move {\ntx.send(parse(message).await);\n});'), queue)).toEqual([5]);
    expect(await lines(filled('assert!(tx.send(message).is_ok());'), queue)).toEqual([5]);
    expect(await lines(filled('report();\n}\nloop {\ntx.send(1);'), queue)).toEqual([]);
  });
});

describe('all of a stream in Rust', () => {
  it('is started by what each message brings', async () => {
    const concurrent = reading('stream::iter(parts).for_each_concurrent(None, |part| work(part)).await;');
    expect(await evidence(concurrent, 'rust/unbounded-fanout')).toEqual([[loop]]);
    expect(
      await lines(
        reading('tokio::spawn(async move {\nstream::iter(parts).for_each_concurrent(None, work).await;\n});'),
        'rust/unbounded-fanout',
      ),
    ).toEqual([]);
  });
});

it('a task in a test of Rust comes with nothing', async () => {
  const test =
    '#[cfg(test)]\nmod tests {\nasync fn all(mut rx: Receiver<Bytes>) {\nwhile let Some(value) = rx.recv().await {\ntokio::spawn(work(value));\n}\n}\n}';
  expect(await lines(reading('work(message);', test))).toEqual([]);
});
