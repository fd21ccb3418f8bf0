import { createClient } from 'redis';

export class Client {
  start(socket: Socket) {
    socket.on('message', (bytes) => this.take(bytes)); // nothing
    socket.on('message', (bytes) => this.save(bytes)); // want medium: one running call per message
  }

  async take(bytes: Buffer) {
    const { id, answer } = await this.deserializer.deserialize(bytes);
    this.waiting.get(id)?.(answer);
  }

  async save(bytes: Buffer) {
    const answer = await this.deserializer.deserialize(bytes);
    await this.store.save(answer);
  }
}
