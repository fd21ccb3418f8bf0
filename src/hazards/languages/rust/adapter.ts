import { RustReader } from '../../references/rust';
import type { LanguageAdapter } from '../../rule';
import { boundsInWords, finders } from './bounds';
import { RustFile, walkedTypes } from './file';
import { growthOf } from './growth';

export const rust: LanguageAdapter = {
  id: 'rust',
  grammar: 'tree-sitter-rust.wasm',
  bounds: boundsInWords,
  leaveOut: (text, path) => {
    if (/(^|\/)(tests|benches)\/|(^|[/_])tests?\.rs$|(^|\/)build\.rs$/.test(path)) return 'a test';
    return /^\/\/.*(@generated|DO NOT EDIT|automatically generated)/im.test(text.slice(0, 2000))
      ? 'generated code'
      : null;
  },
  walked: walkedTypes,
  factsOf: (root, walked) => {
    const file = new RustFile(root, walked);
    return {
      readerOf: (environment, place) => new RustReader(file, environment, place),
      growthOf: (place, kind) => growthOf(place, kind, file),
      boundOf: (kind, growth, place) => finders[kind]?.(growth, place, file) ?? null,
    };
  },
};
