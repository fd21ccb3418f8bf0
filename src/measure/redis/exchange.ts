import type { Redis } from 'ioredis';
import { setMaxListeners } from 'node:events';
import { turn } from '../slices';
import { FloodError } from '../inflow';
import type { SweepRequest } from '../source';
import { within } from '../within';
import type { Link } from './link';
import { sendOver, type Command, type Keyspace, type Send } from './send';

/** What one sweep sends over a link, with a deadline for every batch and a count of what it costs. */
export class Exchange implements Keyspace {
  requests = 0;
  readonly nodes: readonly Send[];
  private readonly bytesBefore: number;
  private readonly sends: ReadonlyMap<Redis, Send>;

  constructor(
    private readonly link: Link,
    private readonly request: SweepRequest,
  ) {
    // Every batch under way listens.
    setMaxListeners(0, request.signal);
    this.sends = new Map(link.clients.map((client) => [client, this.over(client)]));
    this.nodes = [...this.sends.values()];
    this.bytesBefore = this.received();
  }

  get bytes(): number {
    return this.received() - this.bytesBefore;
  }

  readonly send: Send = async (commands) => {
    const parts = new Map<Redis | null, { command: Command; place: number }[]>();
    commands.forEach((command, place) => {
      const client = this.link.clientFor(command);
      const part = parts.get(client);
      if (part) part.push({ command, place });
      else parts.set(client, [{ command, place }]);
    });
    const replies = new Array<unknown>(commands.length);
    await Promise.all(
      [...parts].map(async ([client, part]) => {
        const send = client ? this.sends.get(client) : undefined;
        const answers = await send?.(part.map(({ command }) => command));
        part.forEach(({ place }, i) => (replies[place] = answers ? answers[i] : holderAway));
      }),
    );
    return replies;
  };

  private over(client: Redis): Send {
    return async (commands) => {
      this.requests += commands.length;
      const replies = await within(
        sendOver(client)(commands),
        this.request.callTimeoutMs,
        this.request.signal,
        'no answer',
      );
      // The client tells every end alike.
      if (client.stream.errored instanceof FloodError) throw client.stream.errored;
      // Node reads on as long as replies come: sent at once, the next batch would keep everybody else waiting.
      await turn();
      return replies;
    };
  }

  private received(): number {
    return this.link.clients.reduce((sum, { stream }) => sum + stream.bytesRead, 0);
  }
}

const holderAway = new Error('the server that holds this key cannot be reached');
