import { createServer, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';

/** What goes wrong on the way. An empty one is a proxy that only passes on. */
export interface Fault {
  /** Every piece of an answer comes this much later. */
  delayMs?: number;
  /** Answers come byte by byte, with this pause between two. */
  dripMs?: number;
  /** Requests go through, answers do not. */
  swallow?: boolean;
  /** The connection ends after that many bytes of answers. */
  cutAfter?: number;
  /** Answers wait for this, then all of them come. */
  hold?: Promise<void>;
  /** New connections go to this port instead. */
  port?: number;
  /** New connections speak TLS with this certificate, as PEM, as far as here. */
  tls?: { cert: string; key: string };
}

export interface FaultsProxy {
  /** Where it listens, the same also after it refused. */
  readonly port: number;
  /** Connections of clients that are open. */
  readonly connections: number;
  /** From now on, for connections that are open too; nothing given: no fault. */
  set(fault?: Fault): void;
  /** Ends the connections that are open. */
  cut(): void;
  /** Ends the connections and lets no new one in until told to `listen` again. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
}

/**
 * A way to a server of loopback on which things go wrong when told to.
 * @param rewrite changes the pieces of answers in place, such as an address that would lead past the proxy
 */
export async function faultsProxy(
  target: number,
  rewrite: (piece: Buffer, port: number) => void = () => undefined,
): Promise<FaultsProxy> {
  let fault: Fault = {};
  let port = 0;
  const open = new Set<Socket>();
  const clients = new Set<Socket>();
  const passOn = async (answers: AsyncIterable<Buffer>, client: Socket) => {
    let passed = 0;
    for await (const piece of answers) {
      if (fault.swallow) continue;
      await fault.hold;
      if (fault.delayMs) await sleep(fault.delayMs);
      rewrite(piece, port);
      const most = (fault.cutAfter ?? Infinity) - passed;
      passed += piece.length;
      if (fault.dripMs === undefined) client.write(piece.subarray(0, Math.max(0, most)));
      else {
        for (const byte of piece) {
          if (client.destroyed) return;
          client.write(Buffer.of(byte));
          await sleep(fault.dripMs);
        }
      }
      if (piece.length >= most) return;
    }
  };
  const server = createServer((socket) => {
    clients.add(socket.on('close', () => clients.delete(socket)));
    const client = fault.tls ? new TLSSocket(socket, { isServer: true, ...fault.tls }) : socket;
    const upstream = connect(fault.port ?? target, '127.0.0.1');
    const end = () => [client, upstream].forEach((socket) => socket.destroySoon());
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
      socket.on('error', end);
    }
    client.pipe(upstream);
    // Torn on one side, it is torn on the other.
    void passOn(upstream, client).then(end, end);
  });
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      if (server.listening) {
        resolve();
        return;
      }
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address) port = address.port;
        server.off('error', reject);
        resolve();
      });
    });
  const cut = () => open.forEach((socket) => socket.destroy());
  await listen();
  return {
    port,
    get connections() {
      return clients.size;
    },
    set: (next = {}) => {
      fault = next;
    },
    cut,
    refuse: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
    listen,
  };
}
