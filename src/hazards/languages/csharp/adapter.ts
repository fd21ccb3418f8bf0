import { CsharpReader } from '../../references/csharp';
import type { LanguageAdapter } from '../../rule';
import { boundsInWords, finders } from './bounds';
import { CsharpFile, walkedTypes } from './file';
import { growthOf } from './growth';

export const csharp: LanguageAdapter = {
  id: 'csharp',
  grammar: 'tree-sitter-c-sharp.wasm',
  bounds: boundsInWords,
  leaveOut: (text, path) => {
    if (/(^|\/)[^/]*(\.Tests?|UnitTests|IntegrationTests|\.Benchmarks?)\/|Tests?\.cs$/.test(path)) return 'a test';
    return /\.(g|designer|generated)\.cs$/i.test(path) || /<auto-?generated/i.test(text.slice(0, 2000))
      ? 'generated code'
      : null;
  },
  walked: walkedTypes,
  factsOf: (root, walked) => {
    const file = new CsharpFile(root, walked);
    return {
      readerOf: (environment, place) => new CsharpReader(file, environment, place),
      growthOf: (place, kind) => growthOf(place, kind, file),
      boundOf: (kind, growth, place) => finders[kind]?.(growth, place, file) ?? null,
    };
  },
};
