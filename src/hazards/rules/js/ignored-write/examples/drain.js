export function copy(source, sink) {
  source.on('data', (chunk) => {
    sink.write(chunk); // bounded: drain
  });
  sink.on('drain', () => source.resume());
}
