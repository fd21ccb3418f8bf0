import { createReadStream } from 'node:fs';
import Redis from 'ioredis';
import { WebSocket } from 'ws';

const subscriber = new Redis();
subscriber.on('message', async (channel, text) => { // want medium: one running call per message
  await store(channel, text);
});

export function fromSocket(socket: WebSocket) {
  socket.on('message', async function (data) { // want medium: one running call per message
    await store('socket', String(data));
  });
}

export function fromFile(path: string) {
  createReadStream(path).on('data', async (chunk) => { // want medium: one running call per chunk
    await store('file', String(chunk));
  });
}

export function paused(path: string) {
  const stream = createReadStream(path);
  stream.on('data', async (chunk) => { // bounded: stream.pause()
    stream.pause();
    await store('file', String(chunk));
    stream.resume();
  });
}

export function withLimit(socket: WebSocket, limit: Limit) {
  socket.on('message', async (data) => { // bounded: limit
    await limit(() => store('socket', String(data)));
  });
}

let busy = false;
export function oneAtATime(socket: WebSocket) {
  socket.on('message', async (data) => { // bounded: the check
    if (busy) return;
    busy = true;
    await store('socket', String(data));
    busy = false;
  });
}

export function explained(socket: WebSocket) {
  // backpressure: bounded-by the peer waits for each answer
  socket.on('message', async (data) => { // suppressed: the peer waits for each answer
    await store('socket', String(data));
  });
}

export function quiet(socket: WebSocket) {
  socket.on('close', async () => await store('socket', 'closed')); // nothing
  socket.on('message', (data) => count(data)); // nothing
  socket.on('message', async (data) => count(data)); // nothing
  process.on('message', async (order) => await store('parent', String(order))); // nothing
}
