exports.attach = function (socket, settings) {
  this.socket.on('message', async (message) => { // want medium: one running call per message
    await this.handle(message);
  });
  settings.on('message', async (message) => { // want low: one running call per message
    await this.handle(message);
  });
};
