import { describe, expect, it } from 'vitest';
import { refusals } from '../../scripts/releaseCheck.mjs';

describe('A release', () => {
  const ready = {
    version: '1.2.3',
    changelog: '# Changelog\n\n## 1.2.3\n\n- Something.\n\n## 1.2.2\n\n- Else.\n',
    status: '',
  };

  it('is not refused when the tree is clean and the changelog tells of it', () => {
    expect(refusals(ready)).toEqual([]);
  });

  it('is refused for a dirty tree, which is named', () => {
    expect(refusals({ ...ready, status: ' M src/a.ts\n' })).toEqual([expect.stringContaining('src/a.ts')]);
  });

  it('is refused without an entry in the changelog, or with an empty one', () => {
    expect(refusals({ ...ready, version: '1.2.4' })).toEqual(['CHANGELOG.md has no entry "## 1.2.4"']);
    expect(refusals({ ...ready, changelog: '## 1.2.3 (unreleased)\n\n- A.\n' })).toEqual([
      '1.2.3 is still called unreleased in CHANGELOG.md',
    ]);
    expect(refusals({ ...ready, changelog: '## 1.2.3\n\n## 1.2.2\n\n- Else.\n' })).toEqual([
      'the entry of 1.2.3 in CHANGELOG.md says nothing',
    ]);
  });

  it('is refused with a version that a marketplace does not take', () => {
    expect(refusals({ ...ready, version: '1.2.3-beta.1', changelog: '## 1.2.3-beta.1\n\n- A.\n' })).toEqual([
      '1.2.3-beta.1 is no version that a marketplace takes',
    ]);
  });
});
