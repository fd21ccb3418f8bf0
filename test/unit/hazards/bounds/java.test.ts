import { describe, expect, it } from 'vitest';
import { judged } from './judged';

/** A class that receives messages of Kafka: the code that is run for each, and what else it declares. */
const worker = (each: string, members = '') => `package shop;

import java.util.concurrent.*;
import org.apache.kafka.clients.consumer.KafkaConsumer;

class Worker {
    private Semaphore permits = new Semaphore(8);
    private volatile boolean running = true;
${members}
    void poll(KafkaConsumer<String, String> consumer) throws Exception {
        while (running) {
            var records = consumer.poll(TIMEOUT);
            ${each}
        }
    }
}
`;

const start = 'new Thread(() -> handle(records)).start(); // HERE\n';
const async = 'CompletableFuture.runAsync(() -> handle(records))';
const spawned = (each: string, members?: string) =>
  judged('java/unbounded-spawn', 'Worker.java', worker(each, members));

describe('a thread for each message in Java is bounded by', () => {
  it.each([
    ['a permit that is tried for around it', `if (permits.tryAcquire()) {\n${start}}`, 'a permit taken at'],
    ['a permit without which the turn ends', `if (!permits.tryAcquire()) continue;\n${start}`, 'a permit taken at'],
    ['a permit whose answer is kept', `boolean free = permits.tryAcquire();\n${start}`, 'a permit taken at'],
    ['a permit, if there is a limit at all', `if (permits != null) permits.acquire();\n${start}`, 'a permit taken at'],
    [
      'a permit that it takes itself',
      `new Thread(() -> { // HERE\npermits.acquire();\nhandle(records);\n}).start();`,
      'a permit',
    ],
    ['waiting for its end at once', `${async}.join(); // HERE\n`, 'the turn waits at'],
    ['waiting for its answer at once', `${async}.thenRun(log).get(); // HERE\n`, 'the turn waits at'],
    [
      'waiting for its answer for some time',
      `var sent = ${async}; // HERE\nsent.get(1, SECONDS);`,
      'the turn waits at `sent.get(1, SECONDS)`',
    ],
    ['waiting for its answer by its name', `var f = ${async}; // HERE\nf.get();`, 'the turn waits at `f.get()`'],
    ['waiting for a latch behind it', `${start}done.await();`, 'the turn waits at `done.await()`'],
    ['waiting for a thread for so long', `${start}thread.join(1000);`, 'the turn waits at `thread.join(1000)`'],
    ['a look at how many run, around it', `if (active.get() < 8) {\n${start}}`, 'the check on line'],
    ['a loop around it that goes on below a count', `while (active < most) {\n${start}}`, 'the check on line'],
    ['a count at which the turn ends', `if (active.get() >= 8) continue;\n${start}`, 'the check on line'],
    [
      'a count at which the method ends with an error',
      `if (active.get() >= 8) throw new BusyException();\n${start}`,
      'the check on line',
    ],
    [
      'a count at which it sleeps',
      `if (active.get() >= 8) {\nlog.warn("busy");\nThread.sleep(10);\n}\n${start}`,
      'the check on line',
    ],
    [
      'a look whether one runs already',
      `if (!busy.compareAndSet(false, true)) continue;\n${start}`,
      'the check on line',
    ],
    [
      'a wait until memory is free',
      `synchronized (lock) {\nwhile (!memory.allocate(size)) lock.wait();\n}\n${start}`,
      'the check on line',
    ],
    ['a pause of the consumer, which is resumed', `${start}consumer.pause(all);`, '`pause` holds the consumer back'],
    ['leaving the loop', `${start}break;`, 'it leaves the loop on line'],
    ['leaving the method', `${start}return;`, 'it leaves the loop on line'],
    [
      'leaving the loop by its name',
      `for (var record : records) {\n${start}break receiving;\n}`,
      'it leaves the loop on line',
    ],
  ])('%s', async (_sentence, each, bound) => {
    expect(await spawned(each, 'void go() { consumer.resume(all); }')).toContain(bound);
  });

  it('a permit in what it runs, by name or by a call', async () => {
    const guarded = 'private void guarded() throws Exception {\npermits.acquire();\nhandle();\n}';
    for (const work of ['this::guarded', '() -> guarded()']) {
      expect(await spawned(`new Thread(${work}).start(); // HERE`, guarded)).toContain('a permit taken at');
      expect(await spawned(`new Thread(${work}).start(); // HERE`, guarded.replace('permits.acquire();', ''))).toBe(
        'hazard',
      );
    }
  });

  it('what the method looks at in which it stands, called for each', async () => {
    const dispatch = `private void dispatch(Object records) {\nif (active.get() >= 8) return;\n${start}}`;
    expect(await spawned('dispatch(records);', dispatch)).toContain('the check on line');
  });

  it('a permit that there is unless somebody wants none, but not one that somebody has to want', async () => {
    const optional = (given: string, otherwise = '') =>
      spawned(`if (permits != null) permits.acquire();${otherwise}\n${start}`, `Worker() { ${given} }`);
    expect(await optional('permits = new Semaphore(4);')).toContain('a permit taken at');
    expect(await optional('permits = null;')).toBe('hazard');
    expect(await optional('permits = most > 0 ? new Semaphore(most) : null;')).toBe('hazard');
    expect(await optional('permits = null;', ' else return;')).toContain('a permit taken at');
    expect(
      await spawned(`if (this.permits != null) this.permits.acquire();\n${start}`, 'Worker() { permits = null; }'),
    ).toBe('hazard');
    expect(await spawned(`if (eager) permits.acquire();\n${start}`, 'Worker() { permits = null; }')).toContain(
      'a permit',
    );
  });
});

describe('a thread for each message in Java is not bounded by', () => {
  it.each([
    ['a permit in the other branch', `if (records.isEmpty()) permits.acquire();\nelse\n${start}`],
    ['a permit in the block of the other branch', `if (records.isEmpty()) {\npermits.acquire();\n} else {\n${start}}`],
    ['a permit that is taken later', `whenIdle(() -> permits.acquire());\n${start}`],
    ['a wait that is done later', `${start}whenIdle(() -> done.await());`],
    ['a buffer that is acquired', `ByteBuffer room = buffers.acquire(1024);\n${start}`],
    ['a text that is joined', `${start}log.info(String.join(", ", names));`],
    ['a text that a helper joins', `${start}log.info(Joiner.on(',').join(names));`],
    ['a value that is looked up', `${start}var shop = shops.get(name);`],
    ['a value that a supplier gives', `${start}var shop = shop.get();`],
    ['a count that is only told', `if (active.get() >= 8) log.warn("busy");\n${start}`],
    ['the other branch of a look', `if (active.get() < 8) handle(records);\nelse\n${start}`],
    ['a look that sends it what is too much', `if (active.get() >= maxActive) {\n${start}}`],
    ['a look whether there is anything', `if (records.size() > 0) {\n${start}}`],
    ['a loop around it until somebody stops it', `while (isRunning()) {\n${start}}`],
    ['a loop that counts its own turns', `int i = 0;\nwhile (i < count) {\n${start}i++;\n}`],
    ['a wait until there is something', `synchronized (lock) {\nwhile (queue.isEmpty()) lock.wait();\n}\n${start}`],
    [
      'trying again to count',
      `do {\nold = active.get();\n} while (!active.compareAndSet(old, old + 1));\nwhile (!active.compareAndSet(old, old + 1)) old = active.get();\n${start}`,
    ],
    ['a consumer that is paused for good', `${start}consumer.pause(all);`],
    ['a break that leaves a switch', `switch (kind) {\ncase ORDER:\n${start}break;\n}`],
    ['a break that leaves a switch with arrows', `switch (kind) {\ncase ORDER -> {\n${start}break;\n}\n}`],
    ['another loop inside of it that is left', `for (var record : records) {\n${start}break;\n}`],
    [
      'what its resources stand for',
      `try (Span span = tracer.begin()) {\nnew Thread(() -> workExecutor.run(records)).start(); // HERE\n}`,
    ],
  ])('%s', async (_sentence, each) => {
    expect(await spawned(each)).toBe('hazard');
  });

  it('trying again for its own method', async () => {
    const again = `private void acquireLater(Object records) {\nif (closed) acquireLater(records);\n${start}}`;
    expect(await spawned('acquireLater(records);', again)).toBe('hazard');
  });

  it('the end of its listener', async () => {
    const listener = `package shop;\nimport com.rabbitmq.client.*;\nclass Handler extends DefaultConsumer {\npublic void handleDelivery(String tag, byte[] records) {\n${start}return;\n}\n}\n`;
    expect(await judged('java/unbounded-spawn', 'Handler.java', listener)).toBe('hazard');
  });
});

describe('an executor in Java that is handed each message is bounded by', () => {
  const pooled = (made: string, each: string) =>
    judged(
      'java/unbounded-executor',
      'Worker.java',
      worker(each, `private final ExecutorService ioExecutor = ${made}; // HERE`),
    );

  it('a block that closes it in the same turn, but not by one around the loop or by one of something else', async () => {
    const inTurn = 'try (var own = Executors.newCachedThreadPool()) { // HERE\nown.submit(() -> handle(records));\n}';
    expect(await judged('java/unbounded-executor', 'Worker.java', worker(inTurn))).toContain('waits for it');
    const made = 'Executors.newCachedThreadPool()';
    expect(await pooled(made, 'try (Span span = tracer.begin()) {\nioExecutor.submit(() -> handle(records));\n}')).toBe(
      'hazard',
    );
    const around = worker('own.submit(() -> handle(records));')
      .replace('while (running) {', 'try (var own = Executors.newCachedThreadPool()) { // HERE\nwhile (running) {')
      .replace(/\}\n\}\n$/, '}\n}\n}\n');
    expect(await judged('java/unbounded-executor', 'Worker.java', around)).toBe('hazard');
  });

  it('waiting for all of them, or for the answer of each', async () => {
    const made = 'Executors.newFixedThreadPool(4)';
    expect(await pooled(made, 'ioExecutor.submit(() -> handle(records)).get();')).toContain('the turn waits at');
    expect(
      await pooled(made, 'ioExecutor.execute(() -> handle(records));\nioExecutor.awaitTermination(1, HOURS);'),
    ).toContain('the turn waits');
    expect(await pooled(made, 'ioExecutor.execute(() -> handle(records));')).toBe('hazard');
  });
});
