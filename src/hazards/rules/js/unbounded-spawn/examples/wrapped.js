const { createSubscriber } = require('./queue');

class Worker {
  constructor(config) {
    this.subscriber = createSubscriber(config);
    this.subscriber.on('message', (channel, text) => {
      const work = JSON.parse(text);
      this.run(work); // want high: work nobody awaits, per message
      this.note(work); // nothing
      work.rows.forEach(async (row) => { // want high: work nobody awaits, per message
        await this.store(row);
      });
    });
    this.settings.on('message', (text) => {
      this.run(text); // nothing
    });
  }

  run({ body }) {
    return find(body).then((results) => this.send(results));
  }

  note(work) {
    return work.body;
  }

  async store(row) {
    await insert(row);
  }
}

exports.Worker = Worker;
