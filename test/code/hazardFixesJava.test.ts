import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeFolder } from '../harness/generated';
import { engine } from '../harness/hazardEngine';
import { javaLibraries } from '../harness/javaLibraries';
import { projectRoot, run } from '../harness/tools';
import { editedExamples, examplesOf } from '../harness/hazardFixes';

const libraries = await javaLibraries();

const examples = examplesOf('java');

/** What the compiler says about each of the texts, which are told by name. */
async function errorsIn(name: string, texts: Readonly<Record<string, string>>): Promise<string[]> {
  const jars = libraries.ok ? readdirSync(libraries.value).map((jar) => path.join(libraries.value, jar)) : [];
  const cwd = codeFolder(name, texts);
  const driver = path.join(projectRoot, 'test/code/drivers/java/CompileEach.java');
  const { stdout } = await run('java', [driver, jars.join(path.delimiter), ...Object.keys(texts)], { cwd });
  return stdout.split('\n').filter(Boolean);
}

it('lets nobody wait for room who holds the lock that whoever makes room needs', async () => {
  const inbox = (modifiers: string) => `import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.kafka.annotation.KafkaListener;

class Inbox {
  private final LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>();

  @KafkaListener(topics = "orders")
  ${modifiers} void on(String order) {
    waiting.add(order);
  }

  String next() throws InterruptedException {
    return waiting.take();
  }
}
`;
  const fixesOf = async (modifiers: string) =>
    (await engine.scanText('java', inbox(modifiers), 'Inbox.java')).hazards.map(({ fixes }) => fixes.length);
  expect(await fixesOf('public')).toEqual([1]);
  expect(await fixesOf('public synchronized')).toEqual([0]);
});

describe.skipIf(!libraries.ok)(`quick fixes in Java${libraries.ok ? '' : ` (skipped: ${libraries.reason})`}`, () => {
  it('leave programs that compile with the libraries they use, by themselves and all together', async () => {
    const texts = await editedExamples('java', examples);
    expect(Object.keys(texts).length).toBeGreaterThan(2 * examples.length + 25);
    const spawns = texts['mended/unbounded-spawn/Spawns.java'] ?? '';
    texts['broken/Spawns.java'] = spawns.replace(/^import .*Semaphore;$/m, '');
    const errors = await errorsIn('java-fixes', texts);
    expect(errors.filter((error) => !error.startsWith('broken/'))).toEqual([]);
    // The compiler does look: without its import a class is not known.
    expect(errors.length).toBeGreaterThan(0);
  });
});
