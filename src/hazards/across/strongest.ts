import type { Place } from './facts';
import type { Joined } from './join';

/** All that is known of a file: what others show of a place takes the room of the hint that the file shows by itself. */
export function strongest<T extends Place>(alone: readonly T[], { hazards, passed }: Joined<T>): T[] {
  const known = new Set([...hazards, ...passed].map(placeOf));
  return [...alone.filter((each) => !known.has(placeOf(each))), ...hazards];
}

const placeOf = ({ rule, line }: { rule: string; line: number }) => `${rule}:${line}`;
