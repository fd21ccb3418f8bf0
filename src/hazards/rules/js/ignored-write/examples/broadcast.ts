import { WebSocketServer, type WebSocket } from 'ws';

const server = new WebSocketServer({ port: 8080 });
const connections = new Map<string, WebSocket>();
const sessions: Record<string, WebSocket> = {};

export function broadcast(data: string): void {
  for (const client of server.clients) {
    client.send(data); // want medium: sent to all, however slow
  }
  server.clients.forEach((client) => {
    client.send(data); // want medium: sent to all, however slow
  });
  for (const [, client] of connections) {
    client.send(data); // want medium: sent to all, however slow
  }
  for (const id in sessions) {
    sessions[id]?.send(data); // want medium: sent to all, however slow
  }
}

export function toAll(connections: ServerResponse[], event: string): void {
  for (let i = 0; i < connections.length; i++) {
    connections[i].write(event); // want medium: sent to all, however slow
  }
  for (let i = 0; i < connections.length; i++) {
    connections[i].write(connections[i].greeting); // nothing
  }
}

export function publish(subscribers: WebSocket[], event: string): void {
  let subscriber;
  for (let i = 0, all = subscribers.length; i < all; i++) {
    subscriber = subscribers[i];
    if (subscriber.readyState === 1) subscriber.send(event); // want medium: sent to all, however slow
  }
}

export function greet(socket: WebSocket, names: readonly string[]): void {
  socket.send('hello'); // nothing
  for (const name of names) {
    socket.send(name); // nothing
  }
  server.clients.forEach((client) => {
    client.send(client.url); // nothing
  });
}
