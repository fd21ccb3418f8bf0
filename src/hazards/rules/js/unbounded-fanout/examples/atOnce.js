const async = require('async');

function provision(req, register, done) {
  async.map(req.body.devices, register, done); // want low: all elements at once
}

function provisionFew(req, register, done) {
  async.mapLimit(req.body.devices, 10, register, done); // nothing
}

function apply(plugins, done) {
  async.each(plugins, (plugin, next) => plugin.apply(next), done); // nothing
}

function unsubscribeAll(sessions, done) {
  async.each(sessions, (session, next) => session.cancel(next), done); // nothing
}

function both(first, second, done) {
  async.map([first, second], load, done); // nothing
}

async function removeAll(ids) {
  await Promise.all(ids.map((id) => remove(id))); // want low: all elements at once
}

async function transform(payload) {
  await Promise.all(payload.records.map((record) => decode(record))); // nothing
}

async function sendTo(message) {
  const sent = [];
  for (const recipient of message.receivers) sent.push(send(recipient, message));
  await Promise.all(sent); // want low: all elements at once
}

module.exports = { provision, provisionFew, apply, unsubscribeAll, both, removeAll, transform, sendTo };
