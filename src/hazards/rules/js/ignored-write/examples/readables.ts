import { Readable, Transform } from 'node:stream';

export class Feed extends Readable {
  private connected = false;

  _read() {
    this.push(this.next()); // nothing
  }

  handleRecord(record: string) {
    this.push(record + '\n'); // want low: written as it comes, result ignored
  }

  pass = (...records: unknown[]) => {
    this.push(...records); // want low: written as it comes, result ignored
  };

  close(record: string) {
    this.push(record); // nothing
    this.push(null); // nothing
  }
}

export class Lines extends Transform {
  handleLine(line: string) {
    this.push(line); // nothing
  }
}

export class List extends Array<string> {
  handleLine(line: string) {
    this.push(line); // nothing
  }
}

export class Events {
  private readonly upload = new Readable({ read() {} });
  private readonly clients = new Map<string, { controller: ReadableStreamDefaultController<string> }>();

  publish(event: string) {
    for (const [, client] of this.clients) client.controller.enqueue(event); // want low: written as it comes, result ignored
  }

  log(line: string) {
    this.uploadStream.push(line); // want low: written as it comes, result ignored
    this.uploadStream.push('end'); // nothing
  }
}
