import type { ApiDepth } from './depths';

interface Metric {
  /** What a line of it begins with. */
  start: string;
  field: 'messages_ready' | 'messages_unacknowledged' | 'consumers' | null;
}
const vhost = '{vhost="';
const metric = (name: string, field: Metric['field']): Metric => ({
  start: `rabbitmq_detailed_queue_${name}${vhost}`,
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
  vhost: string;
  name: string;
  /** What was said of it; null: nothing yet. */
  queue: ApiDepth | null;
}
const between = '",queue="';
const after = '"} ';

/**
 * Queues by what pages of the prometheus plugin say of them, each page by itself or several side by side. Kept from one
 * sweep to the next, their names need not be read again.
 */
export class DetailedQueues {
  /** In the order in which they were first named. */
  entries: Entry[] = [];
  private places = new Map<string, number>();

  /** What was said of each queue; from now on nothing is, and what was not named is forgotten. */
  take(): ApiDepth[] {
    const queues = this.entries.flatMap(({ queue }) => queue ?? []);
    if (queues.length < this.entries.length) {
      this.entries = this.entries.filter(({ queue }) => queue !== null);
      this.places = new Map(this.entries.map(({ labels }, place) => [labels, place]));
    }
    for (const entry of this.entries) entry.queue = null;
    return queues;
  }

  /** The place of the entry with these labels, a new one where there is none; -1 where they name no queue. */
  placeOf(labels: string): number {
    const known = this.places.get(labels);
    if (known !== undefined) return known;
    const cut = labels.lastIndexOf(between);
    // A name may hold anything, line ends too: what then is no line of its own is left out.
    if (cut < 0) return -1;
    const [vhost, name] = [plain(labels.slice(0, cut)), plain(labels.slice(cut + between.length, -after.length))];
    this.places.set(labels, this.entries.length);
    return this.entries.push({ labels, vhost, name, queue: null }) - 1;
  }
}

const set = (entry: Entry, field: NonNullable<Metric['field']>, value: number) => {
  entry.queue ??= { vhost: entry.vhost, name: entry.name };
  entry.queue[field] = value;
};

/**
 * One page of the plugin, read piece by piece (rabbitmq.com/docs/prometheus#detailed-endpoint, in the text form of
 * prometheus.io, exposition formats). Ten thousand queues are fifty thousand lines: since every metric has its queues in
 * the same order, most lines need only be compared with what is expected there.
 */
export class DetailedPage {
  private metric = noMetric;
  /** Of the entry that the next line is expected to be of. */
  private next = 0;
  private rest = '';

  constructor(private readonly known: DetailedQueues) {}

  /** The next piece of the page; lines may be cut anywhere. */
  feed(piece: string): void {
    const text = this.rest + piece;
    let from = 0;
    for (let end = this.takeLine(text, from); end >= 0; end = this.takeLine(text, from)) from = end + 1;
    this.rest = text.slice(from);
  }

  /** @returns where the line ends; -1: it is not whole */
  private takeLine(text: string, from: number): number {
    const expected = this.takeExpected(text, from);
    if (expected >= 0) return expected;
    const end = text.indexOf('\n', from);
    if (end < 0) return end;
    if (!text.startsWith(this.metric.start, from)) this.begin(text, from, end);
    if (this.takeExpected(text, from) < 0) this.take(text, from, end);
    return end;
  }

  /** Takes the line in if it is of the next entry. @returns where it ends; -1: it is another line, or not whole */
  private takeExpected(text: string, from: number): number {
    const entry = this.known.entries[this.next];
    const { start, field } = this.metric;
    const labelled = from + start.length;
    if (!entry || !text.startsWith(start, from) || !text.startsWith(entry.labels, labelled)) return -1;
    const first = labelled + entry.labels.length;
    let [at, value] = [first, 0];
    for (let digit = digitAt(text, at); digit >= 0; digit = digitAt(text, ++at)) value = 10 * value + digit;
    if (at === first || text.charCodeAt(at) !== lineEnd) return -1;
    if (field !== null) set(entry, field, value);
    this.next += 1;
    return at;
  }

  /** Takes in a line of any entry. */
  private take(text: string, from: number, end: number): void {
    const { start, field } = this.metric;
    if (field === null) return;
    const labels = text.slice(from + start.length, text.lastIndexOf(after, end) + after.length);
    const value = text.slice(from + start.length + labels.length, end);
    const place = /^\d+$/.test(value) ? this.known.placeOf(labels) : -1;
    const entry = this.known.entries[place];
    if (!entry) return;
    set(entry, field, Number(value));
    this.next = place + 1;
  }

  private begin(text: string, from: number, end: number): void {
    const wanted = metrics.find(({ start }) => text.startsWith(start, from));
    const named = text.indexOf(vhost, from);
    this.metric = wanted ?? {
      start: text.slice(from, named < 0 || named > end ? end : named + vhost.length),
      field: null,
    };
    this.next = 0;
  }
}

const lineEnd = 10;

/** The digit of a text at a place; negative where there is none. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** A label's value as it was before the format escaped it. RabbitMQ 3.10 escapes nothing, so what is no escape stays. */
const plain = (text: string) =>
  text.includes('\\')
    ? text.replace(/\\(["\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character))
    : text;
