const getStream = require('get-stream');
const { simpleParser } = require('mailparser');

async function handleUpload(upload) {
  return getStream(upload); // want low: reads all there is
}

async function handleForm(form) {
  return getStream(form, { maxBuffer: 100_000 }); // nothing
}

function onData(stream, session, done) {
  simpleParser(stream, done); // want low: reads all there is
}

async function output(child) {
  return getStream(child.stdout); // nothing
}

module.exports = { handleUpload, handleForm, onData, output };
