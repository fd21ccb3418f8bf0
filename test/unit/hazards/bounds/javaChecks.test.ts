import { describe, expect, it } from 'vitest';
import { judged } from './judged';

const start = 'new Thread(() -> handle(records)).start(); // HERE\n';
const spawned = (each: string) =>
  judged(
    'java/unbounded-spawn',
    'Worker.java',
    `package shop;

import org.apache.kafka.clients.consumer.KafkaConsumer;

class Worker {
    void poll(KafkaConsumer<String, String> consumer) throws Exception {
        while (!closed) {
            var records = consumer.poll(TIMEOUT);
            ${each}
        }
    }
}
`,
  );
const around = (head: string) => spawned(`${head} {\n${start}}`);

describe('a look around a thread that starts for each message in Java', () => {
  it.each([
    'if (active < 8)',
    'if (active.get()\n    == 0)',
    'if (records.count() < most)',
    'if (open && queue.size() > 0)',
    'if (records.size() > 10)',
    'if (records.size() > most)',
    'while (active.get() < limit)',
    'while (next < limit)',
    'if (active > high && maxActive > 0)',
    'if (!busy.compareAndSet(false, true))',
  ])('is one at how many there are: %s', async (head) => {
    expect(await around(head)).toContain('the check on line');
  });

  it.each([
    'if (open)',
    'if (records.size() > 0)',
    'if (records.size() != 0)',
    'if (getRecords().count()\n    > 0)',
    'if (lines.length>0)',
    'if (active > maxActive)',
    'if (active.get() >= this.limit)',
    'if (active.get() >= config.maxActive())',
    'if (\n    active >= capacityOfAll\n)',
    'while (!closed)',
    'for (int i = 0; i < records.size(); i++)',
    'while (this.isRunning())',
    'while (!active.compareAndSet(old, old + 1))',
    'while (!Active.weakCompareAndSetPlain(old, old + 1))',
  ])('is none at how many there are: %s', async (head) => {
    expect(await around(head)).toBe('hazard');
  });

  it('is none where the loop counts its own turns', async () => {
    const counting = (declared: string, head: string) => spawned(`${declared}\nwhile (${head}) {\n${start}tries++;\n}`);
    expect(await counting('int tries = 0;', 'tries < maxTries')).toBe('hazard');
    expect(await counting('long tries=0;', 'tries<=this.limit')).toBe('hazard');
    expect(await counting('', 'tries < maxTries')).toContain('the check on line');
    expect(await counting('int tries = 0;', 'tries < 3 && active < 8')).toContain('the check on line');
  });
});

describe('a look above a thread that starts for each message in Java', () => {
  it.each([
    'while (active.get() >= 8) Thread.onSpinWait();',
    'while (active.get() >= 8) { }',
    'if (active.get() >= 8) done.awaitNanos(10);',
    'if (active.get() >= 8) LockSupport.parkNanos(10);',
    'if (active.get() >= 8) other.join();',
    'if (active.get() >= 8) { synchronized (lock) { lock.wait(); } }',
    'synchronized (lock) { while (buffers.isFull()) lock.wait(); }',
  ])('holds it back: %s', async (above) => {
    expect(await spawned(`${above}\n${start}`)).toContain('the check on line');
  });

  it.each([
    'if (active.get() >= 8) log.warn("many");',
    'if (active.get() >= 8) whenIdle(() -> lock.wait());',
    'if (closed) return;',
    'synchronized (lock) { while (records.isFull()) records = records.next(); }',
  ])('does not hold it back: %s', async (above) => {
    expect(await spawned(`${above}\n${start}`)).toBe('hazard');
  });
});
