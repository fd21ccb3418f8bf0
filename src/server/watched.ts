import { configurationGlobs } from '../discover/configuration/globs';
import { ruleSettingsName } from '../files/ruleSettingsName';
import { sourceExtensions } from '../hazards/languages/named';

const endings = sourceExtensions().map((extension) => extension.slice(1));

/** Files whose changes outside of the editor change an answer. */
export const watched: { globPattern: string }[] = [
  `**/*.{${endings.join(',')}}`,
  ...configurationGlobs.map((glob) => `**/${glob}`),
  `**/${ruleSettingsName}`,
  '**/.gitignore',
].map((globPattern) => ({ globPattern }));
