import { shell } from '../../model/escape';
import { count, plural } from '../../model/format';
import { destructive, hostOf, step, type Commands, type Situation } from './situation';

/** redis-cli for a stream and its group, or for a list. */
export function redisCommands({ queue, broker }: Situation): Commands {
  const { host, port } = hostOf(broker, '6379');
  const tls = broker?.url.startsWith('rediss:') ? ' --tls' : '';
  const cli = `redis-cli -h ${shell(host)} -p ${port} -n ${shell(queue.namespace ?? '0')}${tls}`;
  const all = queue.waiting === null ? 'Every message that waits' : `The ${plural(queue.waiting, 'message')} that wait`;
  return queue.kind === 'stream' && queue.group !== null
    ? streamCommands(queue, queue.group, cli, all)
    : jobCommands(queue, cli, all);
}

/** @param all how many are given up */
function jobCommands(queue: Situation['queue'], cli: string, all: string): Commands {
  const { destination, queueType } = queue;
  return {
    assess: lookAt(queue).map(({ text, command }) => step(text, `${cli} ${command}`)),
    makeRoom: [],
    giveUp: [
      destructive(
        'Only if what waits is worth nothing any more: remove it.',
        `${cli} UNLINK ${shell(queueType === 'bullmq' ? `${destination}:wait` : destination)}`,
        `${all} in ${destination}, for good.`,
      ),
    ],
  };
}

/** @param all how many are given up */
function streamCommands(
  { destination, backlog }: Situation['queue'],
  reader: string,
  cli: string,
  all: string,
): Commands {
  const [key, group] = [shell(destination), shell(reader)];
  const keep = Math.max(1000, Math.ceil((backlog ?? 0) / 10));
  return {
    assess: [
      step('Look at the groups of the stream, their lag and what they hold.', `${cli} XINFO GROUPS ${key}`),
      step('Look at each consumer and what it holds.', `${cli} XINFO CONSUMERS ${key} ${group}`),
      step(
        'Look at the oldest messages that are not acknowledged, and how often each was delivered.',
        `${cli} XPENDING ${key} ${group} - + 10`,
      ),
      step('Look how much memory is left for more of them.', `${cli} INFO memory`),
    ],
    makeRoom: [
      step(
        'Give messages that a consumer has held for a minute to another; name one that works.',
        `${cli} XAUTOCLAIM ${key} ${group} CONSUMER 60000 0 COUNT 100`,
      ),
    ],
    giveUp: [
      destructive(
        'Only if what waits is worth nothing any more: let the group begin with what comes next. What it holds stays.',
        `${cli} XGROUP SETID ${key} ${group} '$'`,
        `${all} are never read by ${reader}; they stay in the stream until it is trimmed.`,
      ),
      destructive(
        'If memory runs out: cut the stream to its newest messages.',
        `${cli} XTRIM ${key} MAXLEN '~' ${keep}`,
        `All but about the newest ${count(keep)} messages of ${destination}, for every group and for good.`,
      ),
    ],
  };
}

/** Reads the keys that a queue of jobs is made of (docs.bullmq.io for those of BullMQ). */
function lookAt({ destination, kind, queueType }: Situation['queue']): { text: string; command: string }[] {
  const key = shell(destination);
  if (queueType === 'bullmq') {
    const of = (part: string) => shell(`${destination}:${part}`);
    return [
      { text: 'Look how many wait.', command: `LLEN ${of('wait')}` },
      { text: 'Look how many are being worked on.', command: `LLEN ${of('active')}` },
      { text: 'Look how many failed for good.', command: `ZCARD ${of('failed')}` },
    ];
  }
  const command = kind === 'sorted_set' ? 'ZCARD' : kind === 'stream' ? 'XINFO STREAM' : 'LLEN';
  return [{ text: 'Look how many wait.', command: `${command} ${key}` }];
}
