const http = require('node:http');

async function bufferStream(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk)); // want low: kept per chunk
  }
  return Buffer.concat(chunks);
}

async function readBody(req) {
  let body = '';
  for await (const chunk of req) body += String(chunk); // want medium: kept per chunk
  return body;
}

async function readLimited(req, most) {
  let body = '';
  let total = 0;
  for await (const chunk of req) {
    total += chunk.length;
    if (total > most) throw new Error('too large');
    body += chunk; // nothing
  }
  return body;
}

function fetchPage(url, done) {
  http.get(url, (res) => {
    let page = '';
    res.on('data', (chunk) => {
      page += chunk; // nothing
    });
    res.on('end', () => done(page));
  });
}

function status(done) {
  http.get('http://localhost/status', (res) => {
    let answer = '';
    res.on('data', (chunk) => {
      answer += chunk; // nothing
    });
    res.on('end', () => done(answer));
  });
}

function onUpload(stream, session, done) {
  const parts = [];
  stream.on('data', (part) => {
    parts.push(part); // want low: kept per chunk
  });
  stream.on('end', () => done(Buffer.concat(parts)));
}

function onMail(mailbox, session, done) {
  const parts = [];
  const stream = mailbox.open();
  stream.on('data', (part) => {
    parts.push(part); // nothing
  });
  stream.on('end', () => done(Buffer.concat(parts)));
}

async function names(rows) {
  const all = [];
  for await (const row of rows) all.push(row.name); // nothing
  return all;
}

const streams = {
  collect(readable) {
    return new Promise((resolve, reject) => {
      const buffers = [];
      readable.on('error', reject);
      readable.on('data', (buffer) => {
        buffers.push(buffer); // want low: kept per chunk
      });
      readable.on('end', () => resolve(Buffer.concat(buffers)));
    });
  },

  stored(path, done) {
    const readable = createReadStream(path);
    const buffers = [];
    readable.on('data', (buffer) => {
      buffers.push(buffer); // nothing
    });
    readable.on('end', () => done(Buffer.concat(buffers)));
  },
};

module.exports = { streams, bufferStream, readBody, readLimited, fetchPage, status, names, onUpload, onMail };
