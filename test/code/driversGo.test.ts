import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { driver, stepsReads } from '../harness/drivers';
import { codeFolder, generated } from '../harness/generated';
import { goChecks } from '../harness/goModule';
import { run } from '../harness/tools';

const checks = await goChecks();
const tests = {
  controller: 'flow_controller_test.go',
  throttle: 'rate_throttle_test.go',
  'step-tracker': 'step_tracker_test.go',
};

describe.skipIf(!checks.ok)(
  `controllers, throttles and trackers in Go${checks.ok ? '' : ` (${checks.reason})`}`,
  () => {
    const { go, staticcheck } = checks.ok ? checks.value : { go: '', staticcheck: '' };
    let cwd: string;

    beforeAll(() => {
      const files = Object.entries(tests).flatMap(([kind, test]): [string, string][] => {
        const { fileName, text } = generated(kind, 'go');
        return [
          [`${kind}/${fileName}`, text],
          [`${kind}/driver_test.go`, driver(kind, `go/${test}`)],
        ];
      });
      cwd = codeFolder('drivers-go', { 'go.mod': 'module orders\n\ngo 1.25\n', ...Object.fromEntries(files) });
    });

    it('are formatted, and neither vet nor staticcheck says anything', async () => {
      const gofmt = path.join(path.dirname(go), 'gofmt');
      expect(await run(gofmt, ['-l', '.'], { cwd })).toEqual({ stdout: '', stderr: '' });
      expect(await run(go, ['vet', './...'], { cwd })).toEqual({ stdout: '', stderr: '' });
      expect(await run(staticcheck, ['-checks', 'all', './...'], { cwd })).toEqual({ stdout: '', stderr: '' });
    });

    it('do what they promise under the race detector', async () => {
      const { stdout } = await run(go, ['test', '-race', './...'], { cwd, env: { ...process.env, PAGES: cwd } });
      expect(stdout.match(/^ok /gm)).toHaveLength(3);
    });

    it('tell steps what a tracker counted', async () => {
      const page = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
      const { sendSeconds, episodes } = await stepsReads(page('before'), page('after'));
      expect(sendSeconds).toBeCloseTo(0.5, 6);
      expect(episodes).toBeCloseTo(1, 6);
    });
  },
);
