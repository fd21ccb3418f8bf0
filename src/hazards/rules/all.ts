import type { Language, Rule } from '../rule';
import { unboundedSpawn } from './go/unbounded-spawn/rule';

/** Every rule by language: a new one adds its folder and its name here. */
export const rules: Readonly<Record<Language, readonly Rule[]>> = { go: [unboundedSpawn] };
