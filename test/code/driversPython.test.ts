import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { driver, stepsReads } from '../harness/drivers';
import { codeFolder, generated } from '../harness/generated';
import { pythonCheckers } from '../harness/pythonCheckers';
import { run, runFolder } from '../harness/tools';

const checkers = await pythonCheckers();
const tests = { controller: 'flow_controller', throttle: 'rate_throttle', 'step-tracker': 'step_tracker' };
const kinds = Object.keys(tests) as (keyof typeof tests)[];
/** Beside its usual rules: naming, bugs, old ways, simplicity, annotations, comprehensions, asyncio, Pylint's. */
const rules = 'E,F,W,I,N,B,UP,SIM,RUF,ANN,RET,C4,PERF,ASYNC,PL';

describe.skipIf(!checkers.ok)(
  `controllers, throttles and trackers in Python${checkers.ok ? '' : ` (${checkers.reason})`}`,
  () => {
    const { mypy, ruff } = checkers.ok ? checkers.value : { mypy: '', ruff: '' };
    const folders = new Map<string, string>();

    beforeAll(() => {
      for (const kind of kinds) {
        const { fileName, text } = generated(kind, 'python');
        const files = {
          [fileName]: text,
          'driver_test.py': driver(kind, `python/${tests[kind]}_test.py`),
          'virtual_loop.py': driver(kind, 'python/virtual_loop.py'),
        };
        folders.set(kind, codeFolder(`drivers-python-${kind}`, files));
      }
    });
    const inFolder = (kind: string) => ({ cwd: folders.get(kind) ?? '' });

    it.each(kinds)('have nothing that mypy or ruff would say: %s', async (kind) => {
      const { stdout } = await run(
        mypy,
        ['--strict', '--cache-dir', path.join(runFolder, 'mypy'), '.'],
        inFolder(kind),
      );
      expect(stdout).toContain('no issues found');
      const { fileName } = generated(kind, 'python');
      const check = ['check', '--isolated', '--target-version', 'py310', '--select', rules, '--ignore', 'PLR2004'];
      await run(ruff, [...check, fileName], inFolder(kind));
    });

    it.each(kinds)('do what they promise: %s', async (kind) => {
      const { cwd } = inFolder(kind);
      const env = { ...process.env, PAGES: cwd, PYTHONASYNCIODEBUG: '0' };
      const { stderr } = await run('python3', ['-W', 'error', 'driver_test.py'], { cwd, env });
      expect(stderr).toMatch(/^Ran \d+ tests[^]*\nOK\n$/m);
    });

    it('tell steps what a tracker counted', async () => {
      const { cwd } = inFolder('step-tracker');
      const page = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
      const { sendSeconds, episodes } = await stepsReads(page('before'), page('after'));
      expect(sendSeconds).toBeCloseTo(0.5, 6);
      expect(episodes).toBeCloseTo(1, 6);
    });
  },
);
