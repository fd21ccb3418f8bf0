const { Kafka } = require('kafkajs');

const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'orders' });

consumer.run({
  eachMessage: async ({ message }) => {
    save(message).catch(console.error); // want critical: work nobody awaits, per message
    Promise.all(started).then(report); // nothing
    ensureTopic(message.topic).catch(console.error); // nothing
    await save(message).catch(console.error); // nothing
  },
});

class Commits {
  commitMessage(message) {
    this.consumer.commit([message.offset]).catch((error) => this.emit('error', error)); // nothing: how often, nothing shows
  }

  handle(message, done) {
    this.store.save(message).then(() => done(), done); // nothing
  }

  handleLater(message) {
    return new Promise((resolve, reject) => {
      this.store.save(message).then(resolve, reject); // nothing
    });
  }

  renew(message) {
    this.consumer.extend(message).catch(console.error); // nothing
  }
}

class Outbox {
  listen() {
    this.redis.on('message', (channel, message) => {
      this.packets.push(message);
      this.flush(); // bounded: the check on line
      this.tell(message); // want high: work nobody awaits, per message
    });
  }

  async flush() {
    if (this.sending || !this.packets.length) return;
    this.sending = true;
    while (this.packets.length) await this.send(this.packets.shift());
    this.sending = false;
  }

  async tell(message) {
    if (!message) return;
    await this.send(message);
  }
}

function sendLines(lines, options) {
  axios(options.url, { body: lines.join('\n') }) // want low: work nobody awaits, per call
    .then((answer) => check(answer.status))
    .catch(console.error);
}

function sendBody(body, callback) {
  request({ method: 'post', body }, (error) => callback(error)); // nothing
}

function showPage(page) {
  fetch(page).then(draw); // nothing
}
