import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ruleSettingsAbove } from '../../../src/files/ruleSettings';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'rule-settings-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const write = (text: string) => writeFileSync(path.join(folder, '.backpressurerc'), text);

describe('a .backpressurerc', () => {
  it('is read as version 1, whether it says so or not, also from a folder below', () => {
    const below = path.join(folder, 'a', 'b');
    mkdirSync(below, { recursive: true });
    for (const head of ['', 'version: 1\n']) {
      write(`${head}exclude: [old/]\n`);
      expect(ruleSettingsAbove(below)).toMatchObject({ folder, exclude: ['old/'], rules: {} });
    }
  });

  it('of a newer version is refused with what to do, whatever else is new in it', () => {
    write('version: 2\nlimits: { depth: 3 }\nrules: { go/unbounded-spawn: [high, 3] }\n');
    expect(() => ruleSettingsAbove(folder)).toThrow(
      '.backpressurerc:1:1: version: this file is of version 2; version 1 is read here: a newer Backpressure Analyzer reads later ones',
    );
  });
});
