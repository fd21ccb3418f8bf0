import { Worker } from 'bullmq';
import { WebSocket } from 'ws';

export function listen(socket: WebSocket) {
  socket.on('message', () => new Worker('orders', work)); // nothing
}
