import { describe, expect, it } from 'vitest';
import { driver } from '../harness/drivers';
import { codeFolder, generated, generatedName } from '../harness/generated';
import { everythingRequired, run, which } from '../harness/tools';

const hasJava = which('javac') !== null && which('java') !== null;
if (!hasJava && everythingRequired) throw new Error('no javac on the path');
const tests = { controller: 'FlowControllerTest', throttle: 'RateThrottleTest' };

describe.skipIf(!hasJava)(`controllers and throttles in Java${hasJava ? '' : ' (no javac on the path)'}`, () => {
  it.each(Object.entries(tests))('compile without a warning and do what they promise: %s', async (kind, test) => {
    const { fileName, text } = generated(kind, 'java');
    const files = {
      [fileName]: text,
      [`${generatedName}Test.java`]: driver(kind, `java/${test}.java`),
      'VirtualTime.java': driver(kind, 'java/VirtualTime.java'),
    };
    const cwd = codeFolder(`drivers-java-${kind}`, files);
    const compiled = await run('javac', ['-Xlint:all', '-Werror', '-d', 'out', ...Object.keys(files)], { cwd });
    expect(compiled).toEqual({ stdout: '', stderr: '' });
    const { stdout } = await run('java', ['-cp', 'out', `${generatedName}Test`], { cwd });
    expect(stdout).toBe('all held\n');
  });
});
