import type { Node } from 'web-tree-sitter';
import type { Growth, GrowthKind, Language, LanguageAdapter } from '../../rule';
import { JavascriptReader } from '../../references/js';
import { boundsInWords, finders } from './bounds';
import { readOf, streamOf } from './clients';
import { consumerOf } from './consumers';
import { fanoutOf } from './starts/fanout';
import { SourceFile, walkedTypes } from './file';
import { growthOf } from './growth';
import { keptOf, processOf } from './collections/kept';
import { listenerOf } from './starts/listeners';
import { leftOut } from './leftOut';
import { limiterOf } from './limiters';
import { arrivals, toldBy } from './told';
import { timerOf } from './starts/timers';
import { refusalOf, sizedPoolOf } from './seeds';

/** What the place says by itself; the other kinds are about what repeats it. */
const gates: Partial<Record<GrowthKind, (place: Node, file: SourceFile) => Growth | null>> = {
  consumer: consumerOf,
  fanout: fanoutOf,
  timer: timerOf,
  listener: listenerOf,
  stream: streamOf,
  read: readOf,
  limiter: limiterOf,
  accumulate: keptOf,
  executor: processOf,
  refusal: refusalOf,
  pool: sizedPoolOf,
};

const adapter = (id: Language): LanguageAdapter => ({
  id,
  grammar: `tree-sitter-${id}.wasm`,
  bounds: boundsInWords,
  family: 'js',
  arrivals,
  leaveOut: leftOut,
  walked: walkedTypes,
  factsOf: (root, walked) => {
    const file = new SourceFile(root, walked);
    return {
      readerOf: (environment, place) => new JavascriptReader(file, environment, place),
      growthOf: (place, kind) => (gates[kind] ? gates[kind](place, file) : growthOf(place, kind, file)),
      boundOf: (kind, growth, place) => finders[kind]?.(growth, place, file) ?? null,
      told: () => toldBy(file),
    };
  },
});

export const javascript = adapter('javascript');
export const typescript = adapter('typescript');
export const tsx = adapter('tsx');
