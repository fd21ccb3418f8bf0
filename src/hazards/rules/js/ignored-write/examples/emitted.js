const pty = require('node-pty');

exports.serve = (io) => {
  io.on('connection', (socket) => {
    const terminal = pty.spawn('sh', []);
    terminal.onData((data) => {
      socket.emit('output', data); // want low: written as it comes, result ignored
    });
    terminal.on('data', (data) => socket.emit('output', data)); // want low: written as it comes, result ignored
    socket.on('disconnect', () => terminal.kill());
  });
};

exports.watch = (events, source) => {
  source.on('data', (data) => events.emit('piece', data)); // nothing
};
