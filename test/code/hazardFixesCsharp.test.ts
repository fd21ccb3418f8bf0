import { describe, expect, it } from 'vitest';
import { csharpCompiler } from '../harness/csharpCompiler';
import { engine } from '../harness/hazardEngine';
import { editedExamples, examplesOf, mended } from '../harness/hazardFixes';

const compiler = await csharpCompiler();
const examples = examplesOf('csharp');
/** C# after 7.2, which Mono's compiler does not know: their fixes are parsed, as every fix is before it is offered. */
const newer = examples.filter(({ name }) => name.includes('newer'));
const older = examples.filter((example) => !newer.includes(example));

describe.skipIf(!compiler.ok)(`quick fixes in C#${compiler.ok ? '' : ` (skipped: ${compiler.reason})`}`, () => {
  const errorsIn = compiler.ok ? compiler.value : () => Promise.resolve(['no compiler']);

  it('leave programs that compile, by themselves and all together', async () => {
    const texts = await editedExamples('csharp', older);
    expect(Object.keys(texts).length).toBeGreaterThan(2 * older.length + 11);
    expect(await errorsIn('csharp-fixes', texts)).toEqual([]);
  });

  it('would not compile with a mode that channels do not have, which the compiler finds', async () => {
    const [example] = examples.filter(({ name }) => name === 'unbounded-queue/queues.cs');
    const text = await mended('csharp', 'csharp/unbounded-queue', example?.text ?? '');
    const broken = text.replaceAll('BoundedChannelFullMode.Wait', 'BoundedChannelFullMode.Block');
    expect(broken).not.toBe(text);
    expect((await errorsIn('csharp-broken', { 'queues.cs': broken })).length).toBeGreaterThan(0);
  });
});

describe('quick fixes in newer C#', () => {
  it('leave texts that parse without an error', async () => {
    for (const text of Object.values(await editedExamples('csharp', newer)))
      expect((await engine.scanText('csharp', text, 'newer.cs')).broken).toEqual([]);
  });
});
