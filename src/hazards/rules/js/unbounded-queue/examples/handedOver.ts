export class Connection {
  private messageQueue: Uint8Array[] = []; // want low: array grows per call
  private limitedQueue: Uint8Array[] = [];
  private replyQueue: Uint8Array[] = []; // want low: array grows per call
  private writeQueue: Uint8Array[] = [];
  private waitingHooks: (() => void)[] = [];

  handleMessage(data: Uint8Array) {
    this.messageQueue.push(data);
    this.replyQueue.push(data);
    if (this.limitedQueue.length > 1000) return;
    this.limitedQueue.push(data); // bounded: limitedQueue.length >
  }

  _write(chunk: Uint8Array) {
    this.writeQueue.push(chunk); // nothing
  }

  startWhenReady(hook: () => void) {
    this.waitingHooks.push(hook); // nothing
  }

  async work() {
    while (this.messageQueue.length > 0) {
      await this.answer(this.messageQueue.shift(), this.limitedQueue.shift());
      this.replyQueue.shift();
      this.writeQueue.shift();
      this.waitingHooks.shift()?.();
    }
  }
}

export function deliver(client, message) {
  client._pendingMessages ||= [];
  client._pendingMessages.push(message); // want low: array grows per call
}

export function acknowledged(client) {
  send(client, client._pendingMessages.shift());
}
