import * as z from 'zod';
import type { ApiQueue } from './api';

/** What arguments and policies bound a queue by. */
export interface Limits {
  messages: number | null;
  bytes: number | null;
  /** What happens to a message too many: drop-head, reject-publish, reject-publish-dlx; null where nothing is bounded. */
  overflow: string | null;
  /** `exchange/key`, or the queue's name by the default exchange; null where rejected messages are thrown away. */
  deadLetter: string | null;
  /** Messages also leave by expiry. */
  expires: boolean;
}

type Settings = ApiQueue['arguments'];
const number = z.number();
const word = z.string();
const numberOf = (settings: Settings, key: string) => number.safeParse(settings[key]).data ?? null;
const wordOf = (settings: Settings, key: string) => word.safeParse(settings[key]).data ?? null;

/**
 * Numbers: the smaller of argument and policy; words: the argument before the policy
 * (rabbitmq.com/docs/parameters#policies and /docs/maxlength).
 */
export function limitsOf({ arguments: own, effective_policy_definition: policy, name }: ApiQueue): Limits {
  const least = (key: string) => {
    const set = [numberOf(own, `x-${key}`), numberOf(policy, key)].filter((value) => value !== null);
    return set.length === 0 ? null : Math.min(...set);
  };
  const first = (key: string) => wordOf(own, `x-${key}`) ?? wordOf(policy, key);
  const messages = least('max-length');
  const bytes = least('max-length-bytes');
  const bounded = messages !== null || bytes !== null;
  return {
    messages,
    bytes,
    overflow: bounded ? (first('overflow') ?? 'drop-head') : null,
    deadLetter: deadLetterOf(first('dead-letter-exchange'), first('dead-letter-routing-key'), name),
    expires: least('message-ttl') !== null,
  };
}

/** Without a key of its own a dead message keeps the key it came with; by the default exchange that is its queue's name. */
function deadLetterOf(exchange: string | null, key: string | null, queue: string): string | null {
  if (exchange === null) return null;
  if (exchange === '') return key ?? queue;
  return key === null ? exchange : `${exchange}/${key}`;
}
