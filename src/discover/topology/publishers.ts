import type { SeenPublisher } from '../../model/publisher';
import type { DerivedStage, DerivedTopology } from './derive';
import { programOf, withSeen, type Seen } from './readers';

/**
 * The stages with whom brokers see publish. Where several publish to one exchange that serves several queues, who means
 * which is not guessed: it is told among the conflicts.
 * @param coded names of the stages that the source tells
 */
export function withPublishers(
  stages: readonly DerivedStage[],
  publishers: readonly SeenPublisher[],
  coded: ReadonlySet<string>,
): Pick<DerivedTopology, 'stages' | 'conflicts'> {
  const named = publishers.flatMap((publisher) => {
    const program = programOf(publisher.client);
    return program === null || publisher.destinations.length === 0 ? [] : [{ ...publisher, program }];
  });
  const seen = named.filter(({ ambiguous }) => !ambiguous).flatMap(seenOf);
  const joined = withSeen(stages, seen, 'produces', coded);
  const open = named
    .filter(({ ambiguous }) => ambiguous)
    .map(
      ({ broker, program, exchange, destinations }) =>
        `${broker}: client ${program} publishes to ${exchange === '' ? 'the default exchange' : `the exchange ${exchange}`}, as others do; which of ${destinations.join(', ')} gets it, only the code tells`,
    );
  return { stages: joined.stages, conflicts: [...joined.conflicts, ...new Set(open)] };
}

const seenOf = ({ system, broker, program, destinations }: SeenPublisher & { program: string }): Seen[] =>
  destinations.map((destination) => ({
    queue: { system, destination, group: null, origins: [`${broker}: client ${program} publishes to it`] },
    names: [program],
  }));
