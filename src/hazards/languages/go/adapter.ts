import type { LanguageAdapter } from '../../rule';
import { GoReader } from '../../references/go';
import { boundsInWords, finders } from './bounds';
import { consumerOf } from './consumers';
import { Declarations } from './declarations';
import { growthOf } from './growth';

export const go: LanguageAdapter = {
  id: 'go',
  editorIds: ['go'],
  grammar: 'tree-sitter-go.wasm',
  extensions: ['.go'],
  bounds: boundsInWords,
  leaveOut: (text, path) => {
    if (path.endsWith('_test.go')) return 'a test';
    return /^\/\/ Code generated .* DO NOT EDIT\.$/m.test(text.slice(0, 4096)) ? 'generated code' : null;
  },
  factsOf: (root) => {
    const file = new Declarations(root);
    return {
      readerOf: (environment) => new GoReader(file, environment),
      growthOf: (place, kind) => {
        if (kind === 'consumer') return consumerOf(place, file);
        return kind === 'task' ? growthOf(place, file) : null;
      },
      boundOf: (kind, growth, place) => finders[kind]?.(growth, place, file) ?? null,
    };
  },
};
