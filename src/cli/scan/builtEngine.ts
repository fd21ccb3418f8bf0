import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../hazards/reading';

/** An engine with the grammars that the build puts beside the program. */
export const builtEngine = (): Engine => new Engine((name) => readFile(path.join(__dirname, 'grammars', name)));
