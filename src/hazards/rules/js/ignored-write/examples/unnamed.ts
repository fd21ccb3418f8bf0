import type { Document } from './document';

export function broadcast(document: Document, message: Uint8Array): void {
  for (const connection of document.getConnections()) {
    connection.send(message); // want medium: sent to all, however slow
  }
  for (const player of document.players) {
    player.send(message); // nothing
  }
}
