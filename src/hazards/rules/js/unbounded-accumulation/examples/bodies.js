const http = require('node:http');
const net = require('node:net');

http.createServer((req, res) => {
  const chunks = [];
  const small = [];
  let total = 0;
  req.on('data', (chunk) => chunks.push(chunk)); // want medium: kept per chunk
  req.on('data', (chunk) => {
    total += chunk.length;
    if (total > limitSize) return req.destroy();
    small.push(chunk); // bounded: total
  });
  req.on('data', (chunk) => {
    const words = [];
    words.push(chunk.toString()); // nothing
  });
});

net.createServer((socket) => {
  let rest = '';
  let line = '';
  let short = '';
  const state = { text: '' };
  socket.on('data', (data) => {
    rest += data; // want medium: kept per chunk
    line = line + data; // want medium: kept per chunk
    state.text += data.toString(); // want medium: kept per chunk
    let copy = '';
    copy += data; // nothing
    rest = rest.slice(rest.lastIndexOf('\n') + 1);
  });
  socket.on('data', (data) => {
    short += data; // bounded: short.length >
    if (short.length > 1000) throw new Error('too long');
  });
});

http.get('http://localhost', (res) => {
  let answer = '';
  res.on('data', (chunk) => {
    answer += chunk; // nothing
  });
});

function limited(request, most) {
  const parts = [];
  let contentLength = 0;
  request.on('data', (chunk) => {
    contentLength += chunk.length;
    if (contentLength > most) return refuse(request);
    parts.push(chunk); // bounded: contentLength
  });
}
