import { Duplex } from 'node:stream';

export class Socket extends Duplex {
  handleFrame(frame: Uint8Array) {
    if (!this.push(frame)) this.pauseSource();
  }

  handleLate(frame: Uint8Array) {
    this.push(frame); // bounded: this.push(
  }
}

export function events(controller: ReadableStreamDefaultController<string>, bus: EventEmitter) {
  bus.on('order', (order: string) => {
    if ((controller.desiredSize ?? 0) <= 0) return;
    controller.enqueue(order); // bounded: desiredSize
  });
}
