import { Duplex } from 'node:stream';

export class Channel extends Duplex {
  answer(work: (data: Buffer) => Promise<void>) {
    this.on('data', async (data: Buffer) => { // want medium: one running call per chunk
      await work(data);
    });
  }

  answerInTurn(work: (data: Buffer) => Promise<void>) {
    this.on('data', async (data: Buffer) => { // bounded: this.pause()
      this.pause();
      await work(data);
      this.resume();
    });
  }
}
