import { describe, expect, it } from 'vitest';
import { judged } from './judged';
import { eachStarts, perMessage, spawned, started } from './rustMessages';

describe('tasks that Rust starts for messages are counted where', () => {
  it.each([
    ['too many are left out', `if active.load() >= 100 {\ncontinue;\n}\n${started}`],
    ['too many end the function', `if active.load() >= 100 {\nreturn;\n}\n${started}`],
    ['too many wait', `if active.load() >= 100 {\nroom.notified().await;\n}\n${started}`],
    ['too many wait in a loop', `while active.load() >= 100 {\nstd::thread::sleep(pause);\n}\n${started}`],
    ['the condition stands around them', `if active < limit {\n${started}\n}`],
    [
      'the guard of their arm does',
      `match message.kind() {\nKind::Order if active < limit => {\n${started}\n}\n_ => {}\n}`,
    ],
    ['a loop around them does', `while active < limit {\n${started}\n}`],
    ['one runs already', `if self.running.is_none() {\n${started}\n}`],
  ])('%s', async (_where, each) => {
    expect(await eachStarts(each)).toMatch(/^the check on line \d+$/);
  });

  it.each([
    ['too many are only told', `if active.load() >= 100 {\nlog("many");\n}\n${started}`],
    ['a counter goes up until it is done', `while active < 100 {\nactive += 1;\nif done {\nbreak;\n}\n}\n${started}`],
    ['another arm has a limit', `match message.kind() {\nKind::Slow if active < limit => {}\n_ => {\n${started}\n}\n}`],
    ['a counter goes up first', `while active < 100 {\nactive += 1;\n}\n${started}`],
    ['something else is asked', `if message.offset() == 0 {\ncontinue;\n}\n${started}`],
    ['what waits is asked for being there', `if pending.is_empty() {\ncontinue;\n}\n${started}`],
    ['what may be there is', `if !self.active.is_some() {\ncontinue;\n}\n${started}`],
  ])('not so where %s', async (_where, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });

  const listed = (rows: string, each = 'tokio::spawn(work(row)); // HERE') =>
    judged(
      'rust/unbounded-fanout',
      'rows.rs',
      `use tokio::task;

async fn all(db: Db) {
    let rows = db.fetch_all().await;
    ${rows} {
        ${each}
    }
}
`,
    );

  it('they are those of a piece of a listing', async () => {
    expect(await listed('for row in rows')).toBe('hazard');
    const pieces = 'for page in 0..db.pages().await';
    const inner = 'let rows = db.fetch_all(page).await;\nfor row in rows {\ntokio::spawn(work(row)); // HERE\n}';
    expect(await listed(pieces, inner)).toBe('pieces of a fixed size (`0..db.pages().await`)');
    expect(await listed('for row in rows', 'if active < limit {\ntokio::spawn(work(row)); // HERE\n}')).toBe('hazard');
  });
});

describe('tasks that Rust starts are as many as', () => {
  it('a pool has threads, where it is told how many', async () => {
    const pool = (receiver: string, size: string) =>
      eachStarts(
        `${receiver}.spawn(move || parse(message)); // HERE`,
        `\nfn open() {\n${size}\n}\nuse rayon::ThreadPool;\n`,
      );
    const sized = 'ThreadPoolBuilder::new().num_threads(4).build();';
    for (const name of ['pool', 'thread_pool', 'threadpool', 'self.pool'])
      expect(await pool(name, sized)).toContain('the pool `');
    expect(await pool('pool', 'ThreadPoolBuilder::new().build();')).toBe('hazard');
    expect(await pool('spool', sized)).toBe('hazard');
    expect(await pool('pools', sized)).toBe('hazard');
    expect(await eachStarts('spawn(move || parse(message)); // HERE', `\nfn open() {\n${sized}\n}\n`)).toBe('hazard');
  });

  it('a listener lets in, if they are connections', async () => {
    const connections =
      '\nasync fn listen(listener: TcpListener) {\nlet limit = ConcurrencyLimitLayer::new(64);\nloop {\nlet (socket, _) = listener.accept().await.unwrap();\ntokio::spawn(serve(socket));CONN\n}\n}\n';
    const text = perMessage('tokio::spawn(work(message));MESSAGE', connections);
    expect(await spawned(text.replace('CONN', ' // HERE').replace('MESSAGE', ''))).toBe(
      '`ConcurrencyLimitLayer` lets in only so many',
    );
    expect(await spawned(text.replace('MESSAGE', ' // HERE').replace('CONN', ''))).toBe('hazard');
    expect(
      await spawned(
        text.replace('ConcurrencyLimitLayer::new(64)', '0').replace('CONN', ' // HERE').replace('MESSAGE', ''),
      ),
    ).toBe('hazard');
  });

  it('the broker hands out unacknowledged, unless they are acknowledged first or no messages', async () => {
    const qos = '\nasync fn open(channel: Channel) {\nchannel.basic_qos(20, options).await;\n}\n';
    expect(await eachStarts(started, qos)).toBe("the broker's limit on unfinished messages (`basic_qos`)");
    expect(await eachStarts(`${started}\nmessage.ack().await;`, qos)).toBe('hazard');
    const values =
      '\nasync fn run(mut rx: Receiver<Job>) {\nwhile let Some(job) = rx.recv().await {\ntokio::spawn(work(job)); // HERE\n}\n}\n';
    expect(await eachStarts('work(message);', `${qos}${values}`)).toBe('hazard');
  });

  it('one, where the loop is left after it', async () => {
    expect(await eachStarts(`${started}\nbreak;`)).toMatch(/^it leaves the loop on line \d+$/);
    expect(await eachStarts(`${started}\nreturn;`)).toMatch(/^it leaves the loop on line \d+$/);
    expect(await eachStarts(`${started}\nreturn`)).toMatch(/^it leaves the loop on line \d+$/);
    expect(await eachStarts(`${started}\ncontinue;`)).toBe('hazard');
    expect(
      await eachStarts(
        'work(message);',
        '\nfn on_order(message: OwnedMessage) {\ntokio::spawn(work(message)); // HERE\nreturn;\n}\n',
      ),
    ).toBe('hazard');
  });
});
