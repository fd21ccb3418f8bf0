import { relaxed, type Configured, type Environment } from '../../model/environment';
import { folderOf } from '../../model/filesBelow';
import type { ConfiguredSetting } from './setting';

/**
 * What the files of a workspace set, as the programs in each of its folders are given it. The file that counts most has
 * its say (`ranks`), among equals the one nearest to the program; where two of these still differ, none is believed.
 */
export class Configuration {
  readonly #byFolder = new Map<string, Environment>();

  constructor(private readonly settings: readonly ConfiguredSetting[]) {}

  /** @param file relative to the root, with `/` */
  of(file: string): Environment {
    const folder = folderOf(file);
    const known = this.#byFolder.get(folder) ?? this.#at(folder);
    this.#byFolder.set(folder, known);
    return known;
  }

  #at(folder: string): Environment {
    const byName = new Map<string, ConfiguredSetting[]>();
    for (const setting of this.settings) {
      if (setting.folder !== '' && folder !== setting.folder && !folder.startsWith(`${setting.folder}/`)) continue;
      const name = relaxed(setting.name);
      const equals = byName.get(name);
      const order = equals?.[0] ? compared(setting, equals[0]) : 1;
      if (order > 0) byName.set(name, [setting]);
      else if (order === 0) equals?.push(setting);
    }
    return new Map([...byName].map(([name, equals]) => [name, agreed(equals)]));
  }
}

const compared = (a: ConfiguredSetting, b: ConfiguredSetting) => a.rank - b.rank || a.folder.length - b.folder.length;

function agreed(settings: readonly ConfiguredSetting[]): Configured {
  const place = ({ path, line }: ConfiguredSetting) => `${path}:${line}`;
  const [value, ...others] = [...new Set(settings.map((setting) => setting.value))];
  if (value !== undefined && others.length === 0) return { value, origin: settings.slice(0, 1).map(place).join('') };
  return { value: null, origin: settings.map((setting) => `${setting.value} in ${place(setting)}`).join(', ') };
}
