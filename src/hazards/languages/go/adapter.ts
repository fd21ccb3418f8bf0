import type { Node } from 'web-tree-sitter';
import type { Growth, GrowthKind, LanguageAdapter } from '../../rule';
import { GoReader } from '../../references/go';
import { abandonedOf } from './starts/abandoned';
import { publishOf, writeOf } from './answers';
import { boundsInWords, finders } from './bounds';
import { streamOf } from './clients';
import { growingOf } from './collections/collections';
import { consumerOf } from './consumers';
import { Declarations, walkedTypes } from './declarations';
import { dropOf } from './drops';
import { fanoutOf } from './starts/fanout';
import { growthOf } from './growth';
import { arrivals, toldBy } from './told';
import { limiterOf } from './limiters';
import { keptOf } from './collections/onlyGrowing';
import { readOf } from './reads/all';
import { refusalOf, sizedPoolOf, stageChannelOf } from './seeds';
import { isSeldom } from './starts/unshown';

const gates: Partial<Record<GrowthKind, (place: Node, file: Declarations) => Growth | null>> = {
  task: (place, file) => abandonedOf(place, file) ?? startedOf(place, file),
  consumer: consumerOf,
  fanout: fanoutOf,
  append: (place, file) => growingOf(place, 'append', file),
  accumulate: (place, file) => growingOf(place, 'accumulate', file) ?? keptOf(place, file),
  write: writeOf,
  publish: publishOf,
  limiter: limiterOf,
  drop: dropOf,
  stream: streamOf,
  read: readOf,
  refusal: refusalOf,
  pool: sizedPoolOf,
  stage: stageChannelOf,
};

function startedOf(place: Node, file: Declarations): Growth | null {
  const growth = growthOf(place, file);
  return growth && isSeldom(growth, place, file) ? null : growth;
}

/** What only tests and measurements use: `httptest` is one by the habit of the language. */
const inTests =
  /(^|\/)((?!latest|contest|attest)\w*tests?|testing|test(data|net|log|utils?|suite|helpers?|[-_]\w+)|\w*mocks?|fakes?|bench(marks?)?|conformance)\/|(^|[/_])(mock|fake)s?(_\w+)?\.go$/;

export const go: LanguageAdapter = {
  id: 'go',
  grammar: 'tree-sitter-go.wasm',
  bounds: boundsInWords,
  family: 'go',
  arrivals,
  leaveOut: (text, path) => {
    const head = text.slice(0, 4096);
    if (path.endsWith('_test.go') || inTests.test(path) || /^(?:import |\t)"testing"$/m.test(head)) return 'a test';
    return /^\/\/ Code generated .* DO NOT EDIT\.$/m.test(head) ? 'generated code' : null;
  },
  walked: walkedTypes,
  factsOf: (root, walked) => {
    const file = new Declarations(root, walked);
    return {
      readerOf: (environment, place) => new GoReader(file, environment, place),
      growthOf: (place, kind) => gates[kind]?.(place, file) ?? null,
      boundOf: (kind, growth, place) => finders[kind]?.(growth, place, file) ?? null,
      told: () => toldBy(file),
    };
  },
};
