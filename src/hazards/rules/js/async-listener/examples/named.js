const Redis = require('ioredis');

const subscriber = new Redis();

const handle = async (channel, text) => {
  await store(channel, text);
};

subscriber.on('message', handle); // want medium: one running call per message
subscriber.on('message', (channel, text) => handle(channel, text)); // want medium: one running call per message
subscriber.on('message', count); // nothing

class Bridge {
  listen() {
    this.service.on('event', async (event) => { // want low: one running call per message
      await this.store(event);
    });
    this.service.on('event', async (event) => this.store(event)); // want low: one running call per message
    this.service.on('event', this.store.bind(this)); // want low: one running call per message
    this.service.on('connected', async (peer) => await this.store(peer)); // nothing
    this.service.on('event', async () => await this.refresh()); // nothing
    this.client.subscribe('/orders', async (frame) => await this.store(frame)); // want low: one running call per message
  }

  async store(event) {
    await this.table.insert(event);
  }
}
