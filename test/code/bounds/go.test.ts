import { expect, it } from 'vitest';
import { boundedGo } from '../../harness/bounded/go';
import { describeBounded } from '../../harness/bounded/suite';
import { run } from '../../harness/tools';

const found = await boundedGo();
describeBounded('Go', 'gofmt, vet and staticcheck have', found);

it.skipIf(!found.ok)('the form with errgroup does what it promises under the race detector', async () => {
  const { stdout } = await run('go', ['test', '-race', './orderbatch'], { cwd: found.ok ? found.value.folder : '' });
  expect(stdout).toMatch(/^ok /);
});
