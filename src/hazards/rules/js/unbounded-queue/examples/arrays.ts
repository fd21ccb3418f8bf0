import { connect } from 'mqtt';

const waiting: string[] = []; // want high: array grows per message
const limited: string[] = [];
const client = connect('mqtt://localhost');

client.on('message', (topic, payload) => {
  waiting.push(String(payload));
  if (limited.length > 1000) return;
  limited.push(String(payload)); // bounded: limited.length >
});

export class Buffered {
  private pending: string[] = []; // want high: array grows per message

  listen() {
    client.on('message', (topic, payload) => {
      this.pending.push(String(payload));
    });
  }
}

export class Flushed {
  private rows: string[] = [];

  listen() {
    client.on('message', (topic, payload) => {
      this.rows.push(String(payload)); // bounded: this.rows.length >
      if (this.rows.length >= 100) this.flush();
    });
  }
}

export function whole(source: Readable) {
  const chunks: Buffer[] = [];
  source.on('data', (chunk) => {
    chunks.push(chunk); // nothing
  });
}

export function few(names: string[]) {
  for (const name of names) waiting.push(name); // nothing
}
