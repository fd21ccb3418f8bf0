import type { Rule } from '../../rule';

export const javaRules: readonly Rule[] = [];
