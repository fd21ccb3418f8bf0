import type { Handler } from '../commands';
import { choiceCommands } from './choice';
import { deriveCommands } from './derive';
import { markCommands } from './marks';
import { placeCommands } from './places';

/** Every command that is about queues in source code. */
export const codeCommands: Record<string, Handler> = {
  ...placeCommands,
  ...choiceCommands,
  ...deriveCommands,
  ...markCommands,
};
