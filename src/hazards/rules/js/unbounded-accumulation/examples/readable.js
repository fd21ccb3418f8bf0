// Streams that are read to their end with read(), or by a listener with a name.
exports.onData = function (mail, session, callback) {
  const chunks = [];
  mail.on('readable', () => {
    let chunk;
    while ((chunk = mail.read()) !== null) {
      chunks.push(chunk); // want low: kept per chunk
    }
  });
  mail.once('end', () => callback(Buffer.concat(chunks)));
};

exports.onPart = function (part, callback) {
  const chunks = [];
  let received = 0;
  part.on('readable', () => {
    let chunk;
    while ((chunk = part.read()) !== null) {
      received += chunk.length;
      if (received > 1000000) return part.destroy();
      chunks.push(chunk); // nothing
    }
  });
  part.once('end', () => callback(Buffer.concat(chunks)));
};

function bufferWhole(stream, callback) {
  const parts = [];
  stream.on('data', keep);
  stream.on('end', finish);
  function keep(chunk) {
    parts.push(chunk); // want low: kept per chunk
  }
  function finish() {
    callback(Buffer.concat(parts));
  }
}

exports.bufferWhole = bufferWhole;
