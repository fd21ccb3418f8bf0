import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms } from '../../eslint.config.mjs';
import { projectRoot } from '../harness/tools';

/** Folder and what it may import, by each row of the table of rooms. */
const table = readFileSync(path.join(projectRoot, 'ARCHITECTURE.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, room, may] = /^\| `([^`]+)` +\|.*\| ([^|]*?) *\|$/.exec(line) ?? [];
    return room === undefined ? [] : [[room, may ?? ''] as const];
  });
const inSource = new Map(
  table.flatMap(([room, may]) => (room.startsWith('src/') ? [[room.slice(4), may] as const] : [])),
);
const shells = ['extension', 'server', 'cli'];

/** The words of the last column as rooms. */
function allowedBy(may: string): string[] {
  if (may === 'nothing of ours') return [];
  if (may === 'every room but the other shells') return Object.keys(rooms).filter((room) => !shells.includes(room));
  return may.split(', ');
}

describe('ARCHITECTURE.md', () => {
  it('has a row for every folder of the source, and for no other', () => {
    const folders = readdirSync(path.join(projectRoot, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect([...inSource.keys()].sort()).toEqual(folders.map(({ name }) => name).sort());
    for (const [room] of table) expect(existsSync(path.join(projectRoot, room)), room).toBe(true);
  });

  it('says of every room what the lint rule lets it import', () => {
    expect(Object.keys(rooms).sort()).toEqual([...inSource.keys()].sort());
    for (const [room, may] of inSource) {
      const allowed = rooms[room]?.filter((each) => each !== room) ?? [];
      expect(
        allowedBy(may)
          .filter((each) => each !== room)
          .sort(),
        room,
      ).toEqual([...allowed].sort());
    }
  });

  it('names only what there is where it says where to put something', () => {
    const text = readFileSync(path.join(projectRoot, 'ARCHITECTURE.md'), 'utf8');
    const named = [...text.matchAll(/`((?:src|test|webview|scripts|docs|media)\/[\w./-]+)`/g)].map(
      ([, name = '']) => name,
    );
    expect(named.length).toBeGreaterThan(20);
    for (const name of named.filter((each) => !/[A-Z]{4}/.test(each)))
      expect(existsSync(path.join(projectRoot, name)), name).toBe(true);
  });
});
