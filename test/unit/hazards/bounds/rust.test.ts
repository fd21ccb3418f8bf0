import { describe, expect, it } from 'vitest';
import { eachStarts, spawned, started } from './rustMessages';

describe('tasks that Rust starts for messages have a permit where', () => {
  it.each([
    ['it is taken before', `let _permit = slots.acquire().await;\n${started}`],
    ['the condition around them takes it', `if let Ok(permit) = slots.try_acquire_owned() {\n${started}\n}`],
    ['the condition of a loop takes it', `while slots.try_acquire().is_ok() {\n${started}\n}`],
    [
      'what is chosen from takes it',
      `match slots.try_acquire_owned() {\nOk(permit) => {\n${started}\n}\nErr(_) => {}\n}`,
    ],
    ['they are handed it', 'tokio::spawn(work(message, slots.clone().acquire_owned().await)); // HERE'],
    ['a limiter waits', `limiter.until_ready().await;\n${started}`],
  ])('%s', async (_where, each) => {
    expect(await eachStarts(each)).toMatch(/^a permit taken at `[^`]+` on line \d+$/);
  });

  it.each([
    ['the branch of others takes it', `if message.is_slow() {\nslots.acquire().await;\n} else {\n${started}\n}`],
    [
      'the arm of others takes it',
      `match message.kind() {\nKind::Slow => {\nslots.acquire().await;\n}\nKind::Fast => {\n${started}\n}\n}`,
    ],
    ['a closure may take it later', `let later = || slots.try_acquire();\n${started}`],
    ['it is taken after them', `${started}\nslots.acquire().await;`],
    ['what is asked for is something else', `lock.acquired_by(message.key());\n${started}`],
  ])('not so where %s', async (_where, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });

  it('the task takes it, or what it calls', async () => {
    const inside = /^a permit taken at `slots\.acquire(_owned)?\(\)` on line \d+, inside what is started$/;
    expect(
      await eachStarts(
        'tokio::spawn(async move { // HERE\nlet _permit = slots.acquire().await;\nwork(message).await\n});',
      ),
    ).toMatch(inside);
    const work = (first: string) => `\nasync fn work(message: OwnedMessage) {\n${first}\nstore(message).await;\n}\n`;
    expect(await eachStarts(started, work('let _permit = slots.acquire_owned().await;'))).toMatch(inside);
    expect(await eachStarts(started, work('log(&message);'))).toBe('hazard');
  });

  const selecting = (handler: string) =>
    spawned(`use tokio::sync::mpsc;

async fn run(mut rx: mpsc::Receiver<Job>, mut other: mpsc::Receiver<Job>) {
    loop {
        tokio::select! {
            Some(job) = other.recv() => {
                slots.acquire().await;
            }
            Some(job) = rx.recv() => {
                ${handler}
            }
        }
    }
}
`);

  it('the arm of a select takes it, or the task that it starts, not another arm', async () => {
    expect(await selecting('let permit = slots.acquire().await;\ntokio::spawn(handle(job)); // HERE')).toMatch(
      /^a permit taken at/,
    );
    expect(await selecting('tokio::spawn(async move { slots.acquire().await; handle(job).await }); // HERE')).toContain(
      'inside what is started',
    );
    expect(await selecting('tokio::spawn(handle(job)); // HERE')).toBe('hazard');
    expect(await selecting('tokio::spawn(handle(job)); // HERE\nslots.acquire().await;')).toBe('hazard');
  });
});

describe('tasks that Rust starts for messages are waited for', () => {
  it.each([
    ['by their handle', `let task = tokio::spawn(work(message)); // HERE\ntask.await;`],
    [
      'by their handle, which is borrowed',
      `let mut task = tokio::spawn(work(message)); // HERE\n(&mut task).await;\ntask.join();`,
    ],
    ['by a list of handles', `tasks.push(tokio::spawn(work(message))); // HERE\njoin_all(tasks).await;`],
    [
      'by a list of handles that may fail',
      `tasks.push(tokio::spawn(work(message))); // HERE\ntry_join_all(tasks).await;`,
    ],
    ['as threads', `let thread = std::thread::spawn(move || work(message)); // HERE\nthread.join();`],
    ['by the set that holds them', `set.spawn(work(message)); // HERE\nset.join_next().await;`],
    ['by the set that holds them all', `set.spawn(work(message)); // HERE\nset.join_all().await;`],
  ])('%s', async (_how, each) => {
    expect(await eachStarts(each)).toMatch(/^the turn waits at `[^`]+` on line \d+$/);
  });

  it.each([
    ['by what is awaited besides', `let task = tokio::spawn(work(message)); // HERE\nreport().await;\nkeep(task);`],
    ['by what joins words', `${started}\nlog(words.join(","));`],
    [
      'by what joins words, while they are kept',
      `tasks.push(tokio::spawn(work(message))); // HERE\nlog(words.join(","));\nrejoin(words);\njoin_names(words);`,
    ],
    ['by a set that is left', `set.spawn(work(message)); // HERE\nset.join_next_time();\nset.rejoin_next();`],
    ['by another set', `set.spawn(work(message)); // HERE\nothers.join_next().await;`],
    ['where nothing holds them', `${started}\nreport().await;\nwriter.join();`],
    ['by what they themselves await', `tokio::spawn(async move { // HERE\nlet task = read(message);\ntask.await\n});`],
    [
      'by a handle whose name begins so',
      `let task = tokio::spawn(work(message)); // HERE\ntasks_before.await;\nkeep(task);`,
    ],
  ])('not so %s', async (_how, each) => {
    expect(await eachStarts(each)).toBe('hazard');
  });
});
