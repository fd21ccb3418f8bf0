import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { driver, stepsReads } from '../harness/drivers';
import { codeFolder, generated } from '../harness/generated';
import { everythingRequired, run, toolsFolder, which } from '../harness/tools';

const hasRust = which('cargo') !== null;
if (!hasRust && everythingRequired) throw new Error('no cargo on the path');
const quiet = ['--quiet', '--target-dir', path.join(toolsFolder, 'rust-target')];

describe.skipIf(!hasRust)(`the step tracker in Rust${hasRust ? '' : ' (no cargo on the path)'}`, () => {
  let cwd: string;

  beforeAll(() => {
    const { fileName, text } = generated('step-tracker', 'rust');
    cwd = codeFolder('drivers-rust', {
      'Cargo.toml': '[package]\nname = "orders"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/lib.rs': `pub mod ${fileName.replace('.rs', '')};\n`,
      [`src/${fileName}`]: text,
      'tests/driver.rs': driver('step-tracker', 'rust/step_tracker.rs'),
    });
  });

  it('has nothing that clippy would say, the pedantic one too', async () => {
    const strict = ['--', '-D', 'warnings', '-W', 'clippy::pedantic'];
    expect(await run('cargo', ['clippy', ...quiet, '--lib', ...strict], { cwd })).toEqual({ stdout: '', stderr: '' });
  });

  it('does what it promises', async () => {
    const { stdout } = await run('cargo', ['test', ...quiet], { cwd, env: { ...process.env, PAGES: cwd } });
    expect(stdout).toMatch(/test result: ok\. [1-9]\d* passed; 0 failed/);
  });

  it('tells steps what it counted', async () => {
    const page = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
    const { sendSeconds, episodes } = await stepsReads(page('before'), page('after'));
    expect(sendSeconds).toBeCloseTo(0.5, 6);
    expect(episodes).toBeCloseTo(1, 6);
  });
});
