import { refuseEndless } from '../inflow';
import { keyOf, type Key, type Keyspace, type Send } from './send';
import { listOf, textOf } from './reply';

const scanCount = 1000;

/** What TYPE says. */
export type KeyType = 'stream' | 'list' | 'zset' | 'set' | 'hash';

/**
 * Every key of that type, once each, by SCAN: the server picks by type and pattern, so only what is asked for travels.
 * SCAN tells names that the user may not read, too.
 * @param pattern as MATCH takes it
 */
export async function scanKeys({ nodes }: Keyspace, type: KeyType, pattern?: string): Promise<Key[]> {
  const found = await Promise.all(nodes.map((send) => scanNode(send, type, pattern)));
  return [...new Set(found.flat())];
}

async function scanNode(send: Send, type: KeyType, pattern: string | undefined): Promise<Key[]> {
  const keys: Key[] = [];
  const match = pattern === undefined ? [] : ['MATCH', Buffer.from(pattern, 'utf8')];
  let cursor = '0';
  do {
    const [reply] = await send([['SCAN', cursor, ...match, 'COUNT', scanCount, 'TYPE', type]]);
    if (reply instanceof Error) throw reply;
    const [next, found] = listOf(reply);
    for (const key of listOf(found)) keys.push(keyOf(key));
    refuseEndless(keys);
    cursor = textOf(next);
  } while (cursor !== '0' && cursor !== '');
  return keys;
}
