import type { ApiDepth } from './depths';

interface Metric {
  /** What a line of it begins with. */
  start: string;
  field: 'messages_ready' | 'messages_unacknowledged' | 'consumers' | null;
}
const metric = (name: string, field: Metric['field']): Metric => ({
  start: `rabbitmq_detailed_queue_${name}{vhost="`,
  field,
});
const metrics: readonly Metric[] = [
  metric('messages_ready', 'messages_ready'),
  metric('messages_unacked', 'messages_unacknowledged'),
  metric('consumers', 'consumers'),
];
const noMetric: Metric = { start: '\0', field: null };

interface Entry {
  /** The labels as they stand on the page, and what ends them. */
  labels: string;
  queue: ApiDepth;
}
const between = '",queue="';
const after = '"} ';

/**
 * What the page of the prometheus plugin says of each queue, read piece by piece (rabbitmq.com/docs/prometheus#detailed-endpoint,
 * in the text form of prometheus.io, exposition formats). Ten thousand queues are fifty thousand lines: since every metric
 * has its queues in the same order, most lines need only be compared with what is expected there.
 */
export class DetailedPage {
  private readonly entries: Entry[] = [];
  private readonly places = new Map<string, number>();
  private metric = noMetric;
  /** Of the entry that the next line is expected to be of. */
  private next = 0;
  private rest = '';

  get queues(): ApiDepth[] {
    return this.entries.map(({ queue }) => queue);
  }

  /** The next piece of the page; lines may be cut anywhere. */
  feed(piece: string): void {
    const text = this.rest + piece;
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.addLine(text, from, end);
      from = end + 1;
    }
    this.rest = text.slice(from);
  }

  private addLine(text: string, from: number, end: number): void {
    if (!text.startsWith(this.metric.start, from)) this.begin(text, from, end);
    const { start, field } = this.metric;
    if (field === null) return;
    const place = this.expected(text, from + start.length, end) ?? this.found(text, from + start.length, end);
    const entry = this.entries[place];
    if (!entry) return;
    const value = integer(text, from + start.length + entry.labels.length, end);
    entry.queue[field] = value;
    this.next = place + 1;
  }

  private begin(text: string, from: number, end: number): void {
    const wanted = metrics.find(({ start }) => text.startsWith(start, from));
    const brace = text.indexOf('{', from);
    this.metric = wanted ?? { start: text.slice(from, brace < 0 || brace > end ? end : brace + 1), field: null };
    this.next = 0;
  }

  /** The place of the next entry, if the line is of it. */
  private expected(text: string, from: number, end: number): number | null {
    const labels = this.entries[this.next]?.labels;
    const isNext =
      labels !== undefined && text.startsWith(labels, from) && integer(text, from + labels.length, end) >= 0;
    return isNext ? this.next : null;
  }

  /** The place of the line's entry, a new one where there is none; -1 where it is no such line. */
  private found(text: string, from: number, end: number): number {
    const labels = text.slice(from, text.lastIndexOf(after, end) + after.length);
    const cut = labels.lastIndexOf(between);
    // A name may hold anything, line ends too: what then is no line of its own is left out.
    if (cut < 0 || Number.isNaN(integer(text, from + labels.length, end))) return -1;
    const known = this.places.get(labels);
    if (known !== undefined) return known;
    const name = labels.slice(cut + between.length, -after.length);
    this.places.set(labels, this.entries.length);
    return this.entries.push({ labels, queue: { vhost: plain(labels.slice(0, cut)), name: plain(name) } }) - 1;
  }
}

/** The digits of a line from one place to another; NaN where there is anything else. */
function integer(text: string, from: number, end: number): number {
  let value = from < end ? 0 : NaN;
  for (let i = from; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    value = digit >= 0 && digit <= 9 ? 10 * value + digit : NaN;
  }
  return value;
}

/** A label's value as it was before the format escaped it. RabbitMQ 3.10 escapes nothing, so what is no escape stays. */
const plain = (text: string) =>
  text.includes('\\')
    ? text.replace(/\\(["\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character))
    : text;
