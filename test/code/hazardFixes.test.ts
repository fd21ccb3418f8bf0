import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { applied } from '../../src/hazards/fixes/edits';
import type { Language } from '../../src/hazards/rule';
import { goToolchain } from '../harness/goSources';
import { folder, run, runFolder } from '../harness/tools';
import { typeErrorsIn } from '../harness/typescript';
import { engine } from '../harness/hazardEngine';

vi.setConfig({ testTimeout: 120_000 });

/** Applies the preferred fix of the first hazard. */
async function fixed(language: Language, name: string, text: string): Promise<string> {
  const { hazards } = await engine.scanText(language, text, name);
  const [fix] = hazards[0]?.fixes ?? [];
  expect(fix).toBeDefined();
  const result = applied(text, fix?.edits ?? []);
  expect((await engine.scanText(language, result, name)).hazards.filter(({ fixes }) => fixes.length > 0)).toEqual([]);
  return result;
}

const toolchain = await goToolchain();
const go = (loop: string) => `package main

type Job struct{ name string }

func (j Job) Run() {}

func handle(job Job) {}

func consume(jobs chan Job) {
${loop}}

func main() { consume(nil) }
`;

describe.skipIf(!toolchain.ok)('the semaphore channel', () => {
  const folderOf = (text: string) => {
    const root = mkdtempSync(path.join(folder(runFolder, 'fixes'), 'go-'));
    writeFileSync(path.join(root, 'go.mod'), 'module example.com/fixed\n\ngo 1.21\n');
    writeFileSync(path.join(root, 'main.go'), text);
    return root;
  };

  it.each([
    ['a literal', '\tfor job := range jobs {\n\t\tgo func(job Job) {\n\t\t\tjob.Run()\n\t\t}(job)\n\t}\n'],
    ['a call', '\tfor {\n\t\tjob := <-jobs\n\t\tgo handle(job)\n\t}\n'],
    [
      'a labelled loop',
      'outer:\n\tfor {\n\t\tjob := <-jobs\n\t\tif job.name == "" {\n\t\t\tcontinue outer\n\t\t}\n\t\tgo handle(job)\n\t}\n',
    ],
  ])('compiles, is formatted and bounds %s', async (_what, loop) => {
    const result = await fixed('go', 'main.go', go(loop));
    const root = folderOf(result);
    await run('go', ['vet', './...'], { cwd: root });
    expect((await run('gofmt', ['-l', '.'], { cwd: root })).stdout).toBe('');
  });

  it('is not offered where a closure would see another value, or the names are taken', async () => {
    const offers = async (text: string) =>
      (await engine.scanText('go', text, 'main.go')).hazards.map(({ fixes }) => fixes.length);
    expect(await offers(go('\tfor job := range jobs {\n\t\tgo job.Run()\n\t}\n'))).toEqual([0]);
    expect(await offers(go('\tfor {\n\t\tgo handle(<-jobs)\n\t}\n'))).toEqual([0]);
    const taken = '\tslots, permits, spawnSlots := 1, 2, 3\n\t_, _, _ = slots, permits, spawnSlots\n';
    expect(await offers(go(`${taken}\tfor {\n\t\tjob := <-jobs\n\t\tgo handle(job)\n\t}\n`))).toEqual([0]);
  });
});

describe.skipIf(!toolchain.ok)('the Qos of a Go consumer', () => {
  const start = (result: string, returned: string) => `package main

import amqp "github.com/rabbitmq/amqp091-go"

func start(conn *amqp.Connection) ${result} {
	ch, _ := conn.Channel()
	_, err := ch.Consume("orders", "", false, false, false, false, nil)
	return ${returned}
}
`;

  it('stands above the consumer, hands its error on and compiles', async () => {
    const result = await fixed('go', 'main.go', start('error', 'err'));
    expect(result).toContain(`	if err := ch.Qos(10, 0, false); err != nil {
		return err
	}
	_, err := ch.Consume(`);
    const root = mkdtempSync(path.join(folder(runFolder, 'fixes'), 'go-'));
    const required = 'require github.com/rabbitmq/amqp091-go v1.10.0\n';
    writeFileSync(path.join(root, 'go.mod'), `module example.com/fixed\n\ngo 1.21\n\n${required}`);
    writeFileSync(path.join(root, 'main.go'), `${result}\nfunc main() { _ = start(nil) }\n`);
    await run('go', ['vet', '-mod=mod', './...'], { cwd: root });
    expect((await run('gofmt', ['-l', '.'], { cwd: root })).stdout).toBe('');
  });

  it('is not offered where the function returns something else', async () => {
    const { hazards } = await engine.scanText('go', start('(int, error)', '1, err'), 'main.go');
    expect(hazards.map(({ rule, fixes }) => [rule, fixes.length])).toEqual([['go/missing-prefetch', 0]]);
  });
});

describe('the prefetch', () => {
  const errorsIn = (text: string): string[] => {
    const file = path.join(mkdtempSync(path.join(folder(runFolder, 'fixes'), 'ts-')), 'consumer.mts');
    writeFileSync(file, text);
    return typeErrorsIn([file]);
  };
  const consumer = `import { connect } from 'amqplib';

export async function start(): Promise<void> {
  const channel = await (await connect('amqp://localhost')).createChannel();
  await channel.consume('orders', (message) => {
    if (message) channel.ack(message);
  });
}
`;

  it('compiles under strict, awaited and indented as the consumer is', async () => {
    const result = await fixed('typescript', 'consumer.mts', consumer);
    expect(result).toContain("\n  await channel.prefetch(10);\n  await channel.consume('orders'");
    expect(errorsIn(result)).toEqual([]);
    expect(errorsIn(result.replace('prefetch(10)', "prefetch('10')"))).toHaveLength(1);
  });

  it('keeps the line ends and the style of the file, and is not offered with noAck', async () => {
    const result = await fixed('typescript', 'consumer.mts', consumer.replaceAll(';', '').replaceAll('\n', '\r\n'));
    expect(result).toContain('  await channel.prefetch(10)\r\n  await channel.consume');
    const { hazards } = await engine.scanText(
      'typescript',
      consumer.replace('  });', '  }, { noAck: true });'),
      'a.ts',
    );
    expect(hazards.map(({ fixes }) => fixes)).toEqual([[]]);
  });
});
