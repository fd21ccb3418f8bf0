const net = require('node:net');
const http = require('node:http');
const zlib = require('node:zlib');
const { Transform } = require('node:stream');

http.createServer((req, res) => {
  const parts = [];
  let body = Buffer.alloc(0);
  let answer = null;
  req.on('data', function (chunk) {
    return parts.push(chunk); // want medium: kept per chunk
  });
  req.on('data', (chunk) => {
    body = Buffer.concat([body, chunk]); // want medium: kept per chunk
  });
  req.on('data', (chunk) => {
    answer = answer ? Buffer.concat([answer, chunk]) : chunk; // want medium: kept per chunk
  });
  const unpacked = [];
  const gunzip = zlib.createGunzip();
  req.pipe(gunzip);
  gunzip.on('data', (chunk) => {
    unpacked.push(chunk); // want medium: kept per chunk
  });
});

http.createServer((req, res) => {
  let body = Buffer.alloc(0);
  req.on('data', (chunk) => {
    body = Buffer.concat([body, chunk]); // bounded: length > 65536
    if (body.length > 65536) req.destroy();
  });
  const read = [];
  const stored = zlib.createGunzip();
  file.pipe(stored);
  stored.on('data', (chunk) => {
    read.push(chunk); // nothing
  });
});

function readJson(res, done) {
  let buffer;
  res.onData((piece, isLast) => {
    const chunk = Buffer.from(piece);
    if (isLast) return done(JSON.parse(Buffer.concat([buffer, chunk])));
    buffer = buffer ? Buffer.concat([buffer, chunk]) : chunk; // want medium: kept per chunk
  });
}

net.createServer((socket) => {
  let rest = Buffer.alloc(0);
  let line = '';
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]); // want low: kept per chunk
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) rest = take(rest);
  });
  socket.on('data', (data) => {
    line += data; // want medium: kept per chunk
    while (line.length > 0 && line.includes('\n')) line = line.slice(handle(line));
  });
});

class Splitter extends Transform {
  _transform(chunk, encoding, done) {
    this.held = Buffer.concat([this.held, chunk]); // want low: kept per chunk
    while (this.held.length >= 4) this.take();
    done();
  }
}

class Limited extends Transform {
  _transform(chunk, encoding, done) {
    this.held = Buffer.concat([this.held, chunk]); // bounded: length > this.max
    if (this.held.length > this.maxFrame) return done(new Error('too long'));
    done();
  }
}

const readAll = (stream) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    stream
      .on('error', reject)
      .on('data', (chunk) => chunks.push(chunk)) // want medium: kept per chunk
      .on('end', () => resolve(Buffer.concat(chunks)));
  });

const readAnswer = (stream) =>
  new Promise((resolve) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(chunks)); // nothing
  });

http.createServer(async (req) => handle(await readAll(req)));
http.get('http://localhost', async (answer) => handle(await readAnswer(answer)));

class FrameReader {
  constructor() {
    this.rest = '';
  }

  add(data) {
    this.rest += data; // want low: kept per chunk
    this.take();
  }

  take() {
    const end = this.rest.indexOf('\n');
    if (end < 0) return;
    this.emit('frame', this.rest.slice(0, end));
    this.rest = this.rest.slice(end + 1);
  }
}

class ShortFrameReader {
  constructor() {
    this.short = '';
  }

  add(data) {
    this.short += data; // bounded: this.short.length >
    if (this.short.length > this.maxFrameSize) throw new Error('too long');
  }
}

function readJson(res, take, refuse, limit) {
  let body;
  let received = 0;
  res.onData((piece, isLast) => {
    received += piece.length;
    if (received > limit) return refuse();
    if (isLast) take(body);
    else body = Buffer.concat([body, piece]); // bounded: received
  });
  let whole = Buffer.alloc(0);
  res.onData((piece, isLast) => {
    if (isLast) take(whole);
    else whole = Buffer.concat([whole, piece]); // want medium: kept per chunk
  });
}
