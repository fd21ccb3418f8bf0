import { describe, expect, it } from 'vitest';
import { applied } from '../../../src/hazards/fixes/edits';
import { engine } from '../../harness/hazardEngine';

/** The text after the fix of the only hazard; null: none is offered. */
async function fixed(rule: string, text: string): Promise<string | null> {
  const language = rule.startsWith('rust') ? 'rust' : 'csharp';
  const { hazards } = await engine.scanText(language, text, language, { only: [rule] });
  expect(hazards).toHaveLength(1);
  const [fix] = hazards.flatMap(({ fixes }) => fixes);
  return fix ? applied(text, fix.edits) : null;
}

describe('a fix of Rust', () => {
  const spawning = (before: string) => `use rdkafka::consumer::StreamConsumer;

async fn consume(consumer: StreamConsumer, state: std::sync::Mutex<u32>) {
    loop {
        let connection = connect().await;
        loop {
            let message = consumer.recv().await.unwrap().detach();
            ${before}
            tokio::spawn(async move { work(message).await });
        }
    }
}
`;

  it('makes a semaphore above all loops, and waits for no permit behind a lock', async () => {
    const text = await fixed('rust/unbounded-spawn', spawning('println!("one");'));
    expect(text).toContain(
      '    let slots = std::sync::Arc::new(tokio::sync::Semaphore::new(8));\n    loop {\n        let conn',
    );
    expect(await fixed('rust/unbounded-spawn', spawning('let count = state.lock().unwrap();'))).toBeNull();
  });

  const channel = (send: string, more = '') => `use rdkafka::consumer::StreamConsumer;
use tokio::sync::mpsc;

async fn consume(consumer: StreamConsumer) {
    let (tx, mut rx) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(message) = rx.recv().await {
            drop(message);
        }
    });
    loop {
        let message = consumer.recv().await.unwrap().detach();
        ${send}
    }
}
${more}`;
  const sized = (text: string) => fixed('rust/unbounded-queue', text);

  it('gives a channel a size where every sender waits then', async () => {
    expect(await sized(channel('tx.send(message).unwrap();'))).toContain('tx.send(message).await.unwrap();');
    const other = 'async fn answer(out: mpsc::UnboundedSender<u32>) {\n    let _ = out.send(1);\n}\n';
    expect(await sized(channel('tx.send(message).unwrap();', other))).toBeNull();
    const open = 'pub struct Open {\n    pub out: mpsc::UnboundedSender<u32>,\n}\n';
    expect(await sized(channel('tx.send(message).unwrap();', open))).toBeNull();
  });

  it('gives a channel no size where it would wait for itself, or behind a lock', async () => {
    expect(await sized(channel('tx.send(message).unwrap();\n        rx.try_recv();'))).toBeNull();
    expect(await sized(channel('let held = seen.lock().await;\n        tx.send(message).unwrap();'))).toBeNull();
  });
});

describe('a fix of C#', () => {
  const spawning = (body: string) => `using System.Threading;
using System.Threading.Tasks;
using Confluent.Kafka;

class Orders {
    async Task Read(IConsumer<string, string> consumer, CancellationToken token) {
        while (true) {
            await Connect();
            while (true) {
                var result = consumer.Consume(token);
                ${body}
            }
        }
    }

    async Task Handle(object order) { await Task.Yield(); }
}
`;
  const spawns = (body: string) => fixed('csharp/unbounded-spawn', spawning(body));

  it('makes a semaphore above all loops, and never loses a permit', async () => {
    const text = await spawns('_ = Handle(result.Message);');
    expect(text).toContain(
      '        var slots = new SemaphoreSlim(8);\n        while (true) {\n            await Connect',
    );
    const caught = (start: string) => `try {\n                    ${start}\n                } catch { }`;
    expect(await spawns(caught('_ = Handle(result.Message);'))).not.toBeNull();
    expect(await spawns(caught('_ = Handle(Parse(result.Message));'))).toBeNull();
    expect(await spawns(caught('_ = Task.Run(() => Handle(Parse(result.Message)));'))).not.toBeNull();
    expect(
      await spawns('lock (this) {\n                    _ = Handle(result.Message);\n                }'),
    ).toBeNull();
  });

  const listing = (wait: string, returns: string) => `using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

class Copies {
    ${returns} All(IRepository repository) {
        var orders = await repository.ListAsync();
        ${wait}
    }
}
`;

  it('gives back what a task gives only where somebody looks at it', async () => {
    const limits = (wait: string, returns: string) => fixed('csharp/unbounded-fanout', listing(wait, returns));
    const all = 'Task.WhenAll(orders.Select(order => Ship(order)))';
    expect(await limits(`await ${all}.ConfigureAwait(false);`, 'async Task')).not.toContain('return await');
    expect(await limits(`return await ${all}.ConfigureAwait(false);`, 'async Task<int[]>')).toContain(
      'return await Ship',
    );
    expect(await limits(`var sizes = await ${all}.ConfigureAwait(false);`, 'async Task')).toContain(
      'return await Ship',
    );
  });

  const queue = (put: string, more = '') => `using System.Threading.Channels;
using System.Threading.Tasks;
using Confluent.Kafka;

class Lines {
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    async Task Read(IConsumer<string, string> consumer) {
        while (true) {
            var result = consumer.Consume();
            ${put}
        }
    }
${more}}
`;

  it('gives a channel a size where each write is waited for, and by somebody else', async () => {
    const sized = (put: string, more = '') => fixed('csharp/unbounded-queue', queue(put, more));
    const write = '_lines.Writer.WriteAsync(result.Message.Value);';
    expect(await sized(`await ${write}`)).toContain('CreateBounded<string>(');
    expect(await sized(`_ = ${write}`)).toBeNull();
    expect(await sized(`await ${write}\n            await _lines.Reader.ReadAsync();`)).toBeNull();
    expect(
      await sized(`await ${write}`, '    void Tell(ChannelWriter<string> to) { to.TryWrite("end"); }\n'),
    ).toBeNull();
  });
});
