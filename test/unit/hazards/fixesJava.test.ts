import { describe, expect, it } from 'vitest';
import { applied } from '../../../src/hazards/fixes/edits';
import { engine } from '../../harness/hazardEngine';

/** The text after the first fix that the rule offers; null: it offers none. */
async function fixed(rule: string, text: string): Promise<string | null> {
  const { hazards } = await engine.scanText('java', text, 'Orders.java', { only: [`java/${rule}`] });
  const [fix] = hazards.flatMap(({ fixes }) => fixes);
  return fix ? applied(text, fix.edits) : null;
}

const orders = (imports: readonly string[], made: string, more = '') => `package shop;

${imports.map((each) => `import ${each};\n`).join('')}
class Orders {
  private final ExecutorService pool = ${made};
${more}
  @KafkaListener(topics = "orders")
  void on(String order) {
    pool.execute(() -> store(order));
  }
}
`;

const fourThreads = 'Executors.newFixedThreadPool(4)';
const concurrent = (name: string) => `java.util.concurrent.${name}`;
const kafka = 'org.springframework.kafka.annotation.KafkaListener';

describe('the imports of a fix', () => {
  const after = async (imports: readonly string[], more?: string) =>
    [
      ...((await fixed('unbounded-executor', orders(imports, fourThreads, more))) ?? '').matchAll(/^import (.*);/gm),
    ].map(([, name]) => name);

  it('stand in order among those that the file has, and take the place of one that nothing needs now', async () => {
    const wanted = ['ArrayBlockingQueue', 'ExecutorService', 'ThreadPoolExecutor', 'TimeUnit'].map(concurrent);
    expect(await after([concurrent('ExecutorService'), concurrent('Executors'), kafka])).toEqual([...wanted, kafka]);
    expect(await after([concurrent('Executors'), concurrent('ExecutorService'), kafka])).toEqual([...wanted, kafka]);
  });

  it('keep one that a comment names', async () => {
    const imports = [concurrent('ExecutorService'), concurrent('Executors'), kafka];
    expect(await after(imports, '  /** See {@link Executors}. */')).toContain(concurrent('Executors'));
  });

  it('stand beside those of their package, in whatever order the packages are', async () => {
    const imports = ['com.acme.Store', kafka, concurrent('ExecutorService'), concurrent('Executors'), 'com.acme.Tax'];
    expect((await after(imports)).slice(1, 4)).toEqual([kafka, concurrent('ArrayBlockingQueue'), imports[2]]);
  });

  it('need none of a package that is imported as a whole', async () => {
    expect(await after([kafka, concurrent('*')])).toEqual([kafka, concurrent('*')]);
  });

  it('stand behind a comment on the line of another', async () => {
    const text = orders([concurrent('ExecutorService'), concurrent('Executors'), kafka], fourThreads);
    const said = await fixed('unbounded-executor', text.replace('Service;', 'Service; // of orders'));
    expect(said).toContain('Service; // of orders\nimport java.util.concurrent.ThreadPoolExecutor;\n');
  });
});

describe('the field of a fix', () => {
  const inbox = (above: string, modifiers = 'public') => `import java.util.concurrent.*;

class Orders {${above}
  ${modifiers} void on(String order) {
    Lines.waiting.offer(order, 1, TimeUnit.SECONDS);
  }
}

class Lines {
  static final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(10);
}
`;
  const added = async (above: string, modifiers?: string) =>
    await fixed('silent-drop', inbox(above, modifiers).replace('Lines.waiting', 'waiting'));
  const field = 'private final LongAdder dropped = new LongAdder();';

  it('stands behind the fields above the method', async () => {
    const above = '\n  int sold; // today\n\n  Orders() {}\n';
    expect(await added(above)).toContain(`  int sold; // today\n  ${field}\n\n  Orders() {}\n\n  public void`);
  });

  it('stands above the comments that belong to the method where the class has no fields', async () => {
    const comments = '  /**\n   * Keeps it.\n   */\n  // twice\n  @Deprecated';
    expect(await added(`\n${comments}`)).toContain(`class Orders {\n  ${field}\n\n${comments}\n  public void`);
    const other = '  Orders() {} // nothing to do\n  // of another\n';
    expect(await added(`\n${other}\n  // own`)).toContain(`${other}\n  ${field}\n\n  // own\n  public void`);
  });

  it('is static where the method is', async () => {
    expect(await added('', 'static')).toContain('  private static final LongAdder dropped');
  });

  it('is none of an interface or a record, which have no room for it', async () => {
    for (const kind of ['interface Orders', 'record Orders(int sold)'])
      expect(await fixed('silent-drop', inbox('').replace('class Orders', kind))).toBe(null);
  });
});

describe('an executor with an end', () => {
  const imports = [concurrent('*'), kafka];
  const pool = async (made: string, more?: string) => await fixed('unbounded-executor', orders(imports, made, more));
  const cached = 'Executors.newCachedThreadPool()';

  it('starts as many threads as a cached one, up to a number: none of its tasks waits for another to end', async () => {
    const made = await pool(cached);
    expect(made).toContain(
      '      0,\n      64,\n      60,\n      TimeUnit.SECONDS,\n      new SynchronousQueue<>(),\n',
    );
  });

  it('is broken into lines where it would be too long for one', async () => {
    const factory = 'new ThreadFactory() {\n    public Thread newThread(Runnable r) {\n      return null;\n    }\n  }';
    const made = await pool(`Executors.newFixedThreadPool(4, ${factory})`);
    expect(made).toContain('new ThreadPoolExecutor(\n      4,\n      4,\n');
    expect(made).toContain('\n      new ThreadFactory() {\n        public Thread newThread(Runnable r) {\n');
    expect(made).toContain('\n      },\n      new ThreadPoolExecutor.CallerRunsPolicy());\n');
  });

  it('has its rule where its arguments have lines of their own', async () => {
    const parts = ['2', '8', '5', 'TimeUnit.SECONDS', 'new LinkedBlockingQueue<>()'].join(',\n      ');
    const rule = 'new LinkedBlockingQueue<>(1000),\n      new ThreadPoolExecutor.CallerRunsPolicy());';
    expect(await pool(`new ThreadPoolExecutor(\n      ${parts})`)).toContain(rule);
  });

  it.each([
    ['a factory of the program makes it', 'OrderExecutors.newFixedThreadPool(4, "orders")', ''],
    ['others are given it', fourThreads, '  ExecutorService pool() { return pool; }'],
    ['somebody waits no longer than so long', cached, '  Object in(Future<?> f) { return f.get(5, SECONDS); }'],
    ['a task waits for others', cached, '  void next() { pool.execute(() -> store(lines.take())); }'],
    ['a task goes on for ever', cached, '  void all() { pool.execute(() -> { while (true) next(); }); }'],
    [
      'its rule would throw away',
      'new ThreadPoolExecutor(4, 4, 0, SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy())',
      '',
    ],
  ])('is none where %s', async (_why, made, more) => {
    expect(await pool(made, more)).toBe(null);
  });

  it('is none that is made for others, who hand it tasks', async () => {
    const text = `import java.util.concurrent.*;

public class Shared {
  public static final ExecutorService POOL = ${cached};
}
`;
    const { hazards } = await engine.scanText('java', text, 'Shared.java', { only: ['java/unbounded-executor'] });
    expect(hazards.map(({ fixes }) => fixes.length)).toEqual([0]);
  });
});

describe('a queue with a capacity', () => {
  const taking = 'void run() { while (true) store(waiting.take()); }';
  const inbox = (made: string, more = taking, item = 'String') => `import java.util.concurrent.*;
import org.springframework.kafka.annotation.KafkaListener;

class Orders {
  private final BlockingQueue<${item}> waiting${made};

  @KafkaListener(topics = "orders")
  void on(${item} order) throws InterruptedException {
    waiting.add(order);
  }

  ${more}
}
`;
  const queue = async (made: string, more?: string, item?: string) =>
    await fixed('unbounded-queue', inbox(made, more, item));
  const made = ' = new LinkedBlockingQueue<>()';

  it('holds so many where it had no end, or where a constructor gave it none', async () => {
    expect(await queue(made)).toContain('new LinkedBlockingQueue<>(1000)');
    expect(await queue(' = new LinkedBlockingQueue<>(Integer.MAX_VALUE)')).toContain('new LinkedBlockingQueue<>(1000)');
    const given = `Orders() { this(Integer.MAX_VALUE); }
  Orders(int most) { waiting = new LinkedBlockingQueue<>(most); }
  ${taking}`;
    expect(await queue('', given)).toContain(given.replace('Integer.MAX_VALUE', '1000'));
  });

  const chosen = 'Orders(int most) { waiting = new LinkedBlockingQueue<>(most < 1 ? Integer.MAX_VALUE : most); }';
  it.each([
    ['somebody chooses how many', '', `${chosen}\n  ${taking}`],
    ['nobody takes again and again', made, 'String next() { return waiting.poll(); }'],
    ['who takes also puts', made, 'void run() throws Exception { while (true) on(waiting.take()); }'],
    ['it is filled before anybody takes', made, `Orders() { waiting.put("first"); }\n  ${taking}`],
    ['a lock is held', made, `void two(String a) { withLock(() -> waiting.put(a)); }\n  ${taking}`],
  ])('is none where %s', async (_why, at, more) => {
    expect(await queue(at, more)).toBe(null);
  });

  it('moves all lines of a call that waits', async () => {
    const long = `void two(String a) {\n    waiting.add(a\n        + a);\n  }\n  ${taking}`;
    expect(await queue(made, long)).toContain('      waiting.put(a\n          + a);\n    } catch');
  });

  it('is none of a handler of Netty, whose event loop would wait', async () => {
    const text = inbox(made)
      .replace('@KafkaListener(topics = "orders")\n', '')
      .replace('void on(', 'void channelRead(');
    expect(await fixed('unbounded-queue', text.replace(kafka, 'io.netty.channel.*'))).toBe(null);
  });

  it('is none of tasks, which may bring others to the thread that takes them', async () => {
    expect(await queue(made, taking, 'Runnable')).toBe(null);
  });
});
