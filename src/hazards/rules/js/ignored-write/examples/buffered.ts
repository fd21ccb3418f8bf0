import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 8080 });

export function broadcast(data: string): void {
  for (const client of server.clients) {
    if (client.bufferedAmount > 1_000_000) client.terminate();
    else {
      client.send(data); // bounded: bufferedAmount
    }
  }
}
