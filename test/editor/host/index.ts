import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Mocha from 'mocha';
import { print } from './print';

/** What the extension host calls: in the served VS Code and in a desktop one alike. @throws when a test failed */
export async function run(): Promise<void> {
  const grep = process.env.BACKPRESSURE_GREP;
  const mocha = new Mocha({
    ...{ ui: 'bdd', color: false, timeout: 60_000, reporter: 'spec', failZero: grep === undefined },
    ...(grep === undefined ? {} : { grep }),
  });
  // The host's console.log cannot be replaced; mocha's own way out can.
  Mocha.reporters.Base.consoleLog = print;
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./activation.test');
  await import('./tree.test');
  await import('./connections.test');
  await import('./discovery.test');
  await import('./analysis.test');
  await import('./code.test');
  await import('./chart.test');
  await import('./leaks.test');
  await import('./messages.test');
  await import('./secrets.test');
  await import('./recording.test');
  await import('./alerts.test');
  await import('./loop.test');
  await import('./reason.test');
  await import('./snippets.test');
  await import('./tools.test');
  await import('./disposal.test');
  const skipped: string[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const file = process.env.BACKPRESSURE_HOST_RESULT;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passes, failures, pending, skipped }));
    });
  });
  // The last lines are still on their way to the browser's console, and nothing tells when they have arrived.
  await sleep(300);
  if (failures > 0) throw new Error(`${failures} failed`);
}
