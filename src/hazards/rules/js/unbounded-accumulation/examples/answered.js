const net = require('node:net');

const socket = net.connect(25, 'localhost');
let rest = '';
let answer = '';

// What a server that one asks answers is cut as it comes.
socket.on('data', (data) => {
  rest += data; // nothing
  const lines = rest.split('\r\n');
  rest = lines.pop();
  lines.forEach(handle);
});

function handle(line) {
  answer += line; // nothing
  if (line[3] === ' ') {
    next(answer);
    answer = '';
  }
}
