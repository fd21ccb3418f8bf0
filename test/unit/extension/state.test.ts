import { describe, expect, it } from 'vitest';
import { isNewer, readState, textsIn, writeState, type State } from '../../../src/extension/state';

const keeping = (kept: unknown) => {
  const map = new Map<string, unknown>(kept === undefined ? [] : [['key', kept]]);
  const state = {
    get: (key: string, otherwise?: unknown) => map.get(key) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void map.set(key, value)),
  } as State;
  return { state, map };
};

describe('What a workspace keeps between sessions', () => {
  it('comes back as it was, with the version of its form beside it', async () => {
    const { state, map } = keeping(undefined);
    expect(readState(state, 'key')).toBeUndefined();
    await writeState(state, 'key', ['a']);
    expect(map.get('key')).toEqual({ version: 1, value: ['a'] });
    expect(readState(state, 'key')).toEqual(['a']);
  });

  it('is understood as it was kept before there were versions', () => {
    expect(readState(keeping(['orders']).state, 'key')).toEqual(['orders']);
    expect(readState(keeping({ order: 'name', pinned: [] }).state, 'key')).toEqual({ order: 'name', pinned: [] });
  });

  it.each([{ version: 2, value: ['a'] }, { version: 'x' }, { version: 1 }])(
    'reads as nothing where a newer version or nobody of ours wrote it: %j',
    (kept) => {
      expect(readState(keeping(kept).state, 'key')).toBeUndefined();
    },
  );

  it('is not lost where a newer version wrote it: this one keeps its own beside it', async () => {
    const newer = { version: 2, value: { of: 'later' } };
    const { state, map } = keeping(newer);
    expect([isNewer(state, 'key'), isNewer(state, 'other')]).toEqual([true, false]);
    await writeState(state, 'key', ['mine']);
    expect(readState(state, 'key')).toEqual(['mine']);
    expect(map.get('key')).toEqual(newer);
  });

  it('is a list of texts, or an empty one, whatever was kept', () => {
    expect(textsIn(['a', 1, null, 'b'])).toEqual(['a', 'b']);
    for (const kept of [undefined, null, {}, 'text']) expect(textsIn(kept)).toEqual([]);
  });
});
