const { createClient } = require('redis');

function listen(subscriber, handler, once) {
  subscriber.on('message', (channel, text) => {
    if (once) removeListener(channel, handler); // nothing
    handle(text); // want high: work nobody awaits, per message
    sendKeepAlive(); // nothing
    answerHeartbeat(channel); // nothing
    reconnect(); // nothing
  });
}

async function removeListener(channel, handler) {
  await unsubscribed(channel, handler);
}

async function handle(text) {
  await save(text);
}

async function sendKeepAlive() {
  await written('alive');
}

async function answerHeartbeat(channel) {
  await written(channel);
}

async function reconnect() {
  await written('again');
}
