import { emitKeypressEvents, type Key } from 'node:readline';
import picomatch from 'picomatch';
import { plain } from '../model/escape';
import type { StateChange } from '../model/report';
import type { Sweep } from '../model/sweep';
import { selectQueues, type QueueOrder } from './queues';
import { queueTable } from './table';

const orders: QueueOrder[] = ['backlog', 'growth', 'age', 'name'];

/** The table that `watch` keeps on a terminal: redrawn after each sweep and each key; `s` sorts, `/` filters, `q` ends. */
export class LiveTable {
  #sweep: Sweep | null = null;
  #changes: StateChange[] = [];
  #sort: QueueOrder = 'backlog';
  #filter = '';
  #typing = false;

  constructor(private readonly end: () => void) {
    if (!process.stdin.isTTY) return;
    emitKeypressEvents(process.stdin);
    process.stdin.setRawMode(true).on('keypress', this.#key).resume();
  }

  show(sweep: Sweep, changes: readonly StateChange[]): void {
    this.#sweep = sweep;
    this.#changes = [...this.#changes, ...changes].slice(-3);
    this.#draw();
  }

  close(): void {
    if (process.stdin.isTTY) process.stdin.off('keypress', this.#key).setRawMode(false).pause();
  }

  readonly #key = (text: string | undefined, key: Key): void => {
    if (key.ctrl && key.name === 'c') this.end();
    else if (this.#typing) {
      if (key.name === 'return') this.#typing = false;
      else if (key.name === 'escape') [this.#typing, this.#filter] = [false, ''];
      else if (key.name === 'backspace') this.#filter = this.#filter.slice(0, -1);
      else if (text !== undefined && text >= ' ') this.#filter += text;
    } else if (key.name === 'q') this.end();
    else if (key.name === 's') this.#sort = orders[(orders.indexOf(this.#sort) + 1) % orders.length] ?? 'backlog';
    else if (text === '/') this.#typing = true;
    this.#draw();
  };

  #draw(): void {
    const sweep = this.#sweep;
    if (!sweep) return;
    const { rows, columns } = process.stdout;
    const match = this.#filter === '' ? undefined : picomatch(`*${this.#filter}*`, { bash: true, dot: true });
    const queues = selectQueues(sweep.queues, {
      sort: this.#sort,
      limit: Math.max(1, rows - 8),
      ...(match && { match }),
    });
    const head = `${sweep.at}  ${queues.length} of ${sweep.queues.length} queues, by ${this.#sort}   s sort  / filter  q quit${this.#typing || this.#filter ? `   /${plain(this.#filter)}` : ''}`;
    const changes = this.#changes.map(
      (change) =>
        `${change.at.slice(11, 19)}  ${plain(decodeURIComponent(change.queue))}: ${change.to}. ${plain(change.reason)}`,
    );
    const lines = [head, '', ...queueTable(sweep, queues).split('\n'), '', ...changes].slice(0, rows - 1);
    process.stdout.write(`\u001b[H\u001b[2J${lines.map((line) => line.slice(0, columns)).join('\n')}`);
  }
}
