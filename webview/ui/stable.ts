import { useRef } from 'preact/hooks';

/** A function that stays the same object and does what the latest one given would do. For handlers, not for rendering. */
export function useStable<Given extends unknown[], Result>(act: (...given: Given) => Result) {
  const latest = useRef(act);
  latest.current = act;
  return useRef((...given: Given) => latest.current(...given)).current;
}

/** The value with every part that is equal to the last one's taken from there. */
export function useUnchanged<T>(value: T): T {
  const last = useRef(value);
  return (last.current = keepUnchanged(last.current, value));
}

/**
 * `next`, in which every part that equals its counterpart in `before` is that very object, so that what did not change
 * can be told by identity. For plain data; items of lists are compared place by place.
 */
export function keepUnchanged<T>(before: unknown, next: T): T {
  if (before === next || !isPlain(before) || !isPlain(next) || Array.isArray(before) !== Array.isArray(next))
    return next;
  const names = Object.keys(next);
  const kept: Record<string, unknown> = {};
  let same = names.length === Object.keys(before).length;
  for (const name of names) {
    kept[name] = keepUnchanged(before[name], next[name]);
    same &&= kept[name] === before[name] && name in before;
  }
  if (same) return before as T;
  return (Array.isArray(next) ? names.map((name) => kept[name]) : kept) as T;
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
