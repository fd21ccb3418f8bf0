import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';

export function copy(from: string, to: string) {
  const sink = createWriteStream(to);
  createReadStream(from).on('data', (chunk) => {
    sink.write(chunk); // want low: write per chunk, result ignored
  });
}

export function copyByName(source: Readable, sink: Writable) {
  source.on('data', pass);
  function pass(chunk: Buffer) {
    sink.write(chunk); // want low: write per chunk, result ignored
  }
}

export function digest(from: string) {
  const hash = createHash('sha256');
  createReadStream(from).on('data', (chunk) => {
    hash.write(chunk); // nothing
  });
}

export function show(source: Readable) {
  source.on('data', (chunk) => {
    process.stdout.write(chunk); // nothing
  });
}

export function pausing(source: Readable, sink: Writable) {
  source.on('data', (chunk) => {
    source.pause();
    sink.write(chunk, () => source.resume()); // bounded: resume
  });
}

export function once(sink: Writable) {
  sink.write('{}'); // nothing
}
