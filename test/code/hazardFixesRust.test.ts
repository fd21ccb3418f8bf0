import { describe, expect, it, vi } from 'vitest';
import { rustCompiler } from '../harness/rustCrate';
import { editedExamples, examplesOf, mended } from '../harness/hazardFixes';

vi.setConfig({ testTimeout: 240_000 });

const compiler = rustCompiler();
const examples = examplesOf('rust');

describe.skipIf(!compiler.ok)(`quick fixes in Rust${compiler.ok ? '' : ` (skipped: ${compiler.reason})`}`, () => {
  const errorsIn = compiler.ok ? compiler.value : () => Promise.resolve(['no compiler']);

  it('leave programs that compile, by themselves and all together', async () => {
    const texts = await editedExamples('rust', examples);
    expect(Object.keys(texts).length).toBeGreaterThan(2 * examples.length + 12);
    expect(await errorsIn('rust-fixes', texts)).toEqual([]);
  });

  it('would not compile with a permit that is not moved into the task, which the compiler finds', async () => {
    const [example] = examples.filter(({ name }) => name === 'unbounded-spawn/spawns.rs');
    const text = (await mended('rust', 'rust/unbounded-spawn', example?.text ?? '')).replaceAll(
      'acquire_owned()',
      'acquire()',
    );
    expect((await errorsIn('rust-broken', { 'spawns.rs': text })).length).toBeGreaterThan(0);
  });
});
