/** Length of the past and time between its samples, seconds. */
export const pastSeconds = 6 * 3600;
const every = 15;
/** It goes on for so long, so that a rate is the same however long a busy machine takes until it is asked for. */
const futureSeconds = 600;

interface Series {
  labels: string;
  /** @param t seconds since the past began */
  value: (t: number) => number;
}

const growing = (start: number, perSecond: number) => (t: number) => start + perSecond * t;

/** Names of metrics, their type, and what they show as the seconds pass. */
const families: [name: string, type: 'gauge' | 'counter', series: Series[]][] = [
  ['shop_depth', 'gauge', [{ labels: '{queue="orders"}', value: growing(100, 2) }]],
  [
    'shop_published',
    'counter',
    [
      { labels: '{queue="orders",instance="a"}', value: growing(1000, 6) },
      { labels: '{queue="orders",instance="b"}', value: growing(1000, 4) },
    ],
  ],
  ['shop_finished', 'counter', [{ labels: '{queue="orders"}', value: growing(1900, 8) }]],
  [
    'shop_cpu_share',
    'gauge',
    [
      { labels: '{instance="a"}', value: () => 0.97 },
      { labels: '{instance="b"}', value: () => 0.91 },
    ],
  ],
  ['shop_send_backpressure', 'counter', [{ labels: '{step="parse"}', value: growing(0, 0.5) }]],
  ['shop_memory_bytes', 'gauge', [{ labels: '', value: () => 52_000_000 }]],
];

/**
 * Six hours of a shop as OpenMetrics text: orders come at 10/s (two publishers) and are finished at 8/s, 100 wait at the
 * beginning and 2 more every second.
 * @param until the moment at which the six hours are over, seconds since the epoch; ten minutes more are known
 */
export function shopPast(until: number): string {
  const lines = families.flatMap(([name, type, series]) => [
    `# TYPE ${name} ${type}`,
    ...series.flatMap(({ labels, value }) =>
      Array.from({ length: (pastSeconds + futureSeconds) / every + 1 }, (_, i) => {
        const at = until - pastSeconds + i * every;
        return `${name}${type === 'counter' ? '_total' : ''}${labels} ${value(i * every)} ${at}`;
      }),
    ),
  ]);
  return `${lines.join('\n')}\n# EOF\n`;
}
