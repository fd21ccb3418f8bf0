import { readState, textsIn, writeState, type State } from '../state';
import { orders, type Arrangement, type Order } from './arrangement';

const key = 'backpressure.tree';

/** How this workspace's user wants to see the queues, kept with the workspace. The filter is not: it would be forgotten. */
export class SavedArrangement {
  #value: Arrangement;

  constructor(private readonly state: State) {
    const { order, hideEmpty, pinned } = Object(readState(state, key)) as Record<string, unknown>;
    this.#value = {
      order: isOrder(order) ? order : 'worst',
      filter: '',
      hideEmpty: hideEmpty === true,
      pinned: new Set(textsIn(pinned)),
    };
  }

  get value(): Arrangement {
    return this.#value;
  }

  /** Takes over a part of it. */
  change(part: Partial<Arrangement>): void {
    this.#value = { ...this.#value, ...part };
    const { order, hideEmpty, pinned } = this.#value;
    void writeState(this.state, key, { order, hideEmpty, pinned: [...pinned] });
  }

  /** Pins what is not pinned, and the other way round. @param id a queue's id or a destination's key */
  togglePin(id: string): void {
    const pinned = new Set(this.#value.pinned);
    if (!pinned.delete(id)) pinned.add(id);
    this.change({ pinned });
  }
}

const isOrder = (value: unknown): value is Order => orders.some((order) => order === value);
