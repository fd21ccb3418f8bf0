import path from 'node:path';
import { Ignored } from '../../../src/files/ignored';
import { walk } from '../../../src/files/walk';
import { languageOf } from '../../../src/hazards/languages/named';

/** Source files of a folder that the scanner would read, from the folder. */
export const sourceFiles = (folder: string): string[] =>
  [...walk(folder, folder, new Ignored(folder, { folder, patterns: [] }, false))].flatMap((each) =>
    'reason' in each || languageOf(each.file) === null ? [] : [path.relative(folder, each.file)],
  );
