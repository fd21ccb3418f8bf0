import { createServer as createWeb, type ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server of loopback that does its clients harm. */
export interface HostileServer {
  port: number;
  /** Bytes that were sent. */
  readonly sent: number;
  close(): Promise<void>;
}

type Sink = Pick<Writable, 'write' | 'once' | 'destroyed'>;

/** Writes the piece over and over, as fast as it is taken, until the client goes. */
export function floodWith(sink: Sink, piece: Buffer | string, sent: (bytes: number) => void = () => undefined): void {
  const bytes = Buffer.from(piece);
  const pour = () => {
    while (!sink.destroyed) {
      sent(bytes.length);
      if (!sink.write(bytes)) {
        sink.once('drain', pour);
        return;
      }
    }
  };
  pour();
}

/** Answers every connection as told. */
export async function hostileSocket(
  talk: (socket: Socket, sent: (bytes: number) => void) => void,
): Promise<HostileServer> {
  let sent = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    talk(socket, (bytes) => (sent += bytes));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    get sent() {
      return sent;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** Answers every HTTP request as told; the rest of a `flood` is poured until the client goes. */
export async function hostileWeb(
  answer: (path: string, response: ServerResponse, flood: (piece: Buffer | string) => void) => void,
): Promise<HostileServer> {
  let sent = 0;
  const server = createWeb((request, response) => {
    response.on('error', () => undefined);
    request.resume();
    answer(request.url ?? '', response, (piece) => floodWith(response, piece, (bytes) => (sent += bytes)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    get sent() {
      return sent;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** Kafka's answer to one request, framed. */
export function kafkaFrame(request: Buffer, ...body: Buffer[]): Buffer {
  const payload = Buffer.concat([request.subarray(8, 12), ...body]);
  return Buffer.concat([int32(payload.length), payload]);
}
/** Which request it is. */
export const kafkaKey = (request: Buffer): number => request.readInt16BE(4);

/** A Kafka that offers what is asked of one; a compact array or a plain one of that many items begins every other answer. */
export const kafkaVersions = (request: Buffer): Buffer => {
  const offered = [2, 3, 9, 15, 16, 17, 18, 32, 36].map((key) =>
    Buffer.concat([int16(key), int16(0), int16(key === 3 ? 5 : 2)]),
  );
  return kafkaFrame(request, int16(0), int32(offered.length), ...offered, int32(0));
};
export const kafkaNumber = int32;
