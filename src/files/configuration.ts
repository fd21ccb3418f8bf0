import path from 'node:path';
import { linesOf } from '../discover/brokers/formats';
import { isConfiguration, settingsIn } from '../discover/configuration/read';
import type { ConfiguredSetting } from '../discover/configuration/setting';
import { entriesOf } from './entries';
import type { Ignored } from './ignored';
import { smallText } from './smallText';

/** Longer files configure nothing that a person wrote. Bytes. */
const longest = 256 * 1024;

/** What compilers write: copies of what is read already. */
const built = /^(build|target|bin|obj|out)$/;

/**
 * What the files of a folder set for its programs, in the order of their names. An `.env` counts although git leaves it
 * out; folders that are left out are not looked into. The machine's own environment is not asked: it is not the program's.
 */
export function settingsOf(root: string, ignored: Ignored, folder = root): ConfiguredSetting[] {
  const entries = entriesOf(folder);
  const files = entries.filter((entry) => entry.isFile() && isConfiguration(entry.name));
  const dotenv = files.some(({ name }) => name === '.env') ? textOf(path.join(folder, '.env')) : '';
  const variables = new Map(linesOf(dotenv).map(({ name, value }) => [name, value]));
  const own = files.flatMap(({ name }) => {
    const file = path.join(folder, name);
    return settingsIn(path.relative(root, file).split(path.sep).join('/'), textOf(file), variables);
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !built.test(entry.name));
  const more = folders.map(({ name }) => path.join(folder, name)).filter((each) => !ignored.leavesOut(each, true));
  return [...own, ...more.flatMap((each) => settingsOf(root, ignored, each))];
}

/** Of a file that cannot be read nothing. */
function textOf(file: string): string {
  try {
    return smallText(file, longest) ?? '';
  } catch {
    return '';
  }
}
