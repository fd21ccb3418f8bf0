export function events(req, res) {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  setInterval(() => res.write(`data: ${status()}\n\n`), 1000); // want high: goes on after the client has left
}

export async function orders(req, res) {
  res.setHeader('content-type', 'text/event-stream');
  while (true) { // want high: goes on after the client has left
    res.write(`data: ${await next()}\n\n`);
  }
}

export async function followed(req, res) {
  res.setHeader('content-type', 'text/event-stream');
  for await (const order of follow()) res.write(`data: ${order}\n\n`); // want high: goes on after the client has left
}

export function closed(req, res) {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  const timer = setInterval(() => res.write('data: 1\n\n'), 1000); // bounded: .on('close'
  req.on('close', () => clearInterval(timer));
}

export function page(req, res) {
  for (const row of rows) res.write(row); // nothing
  setInterval(() => res.write('1'), 1000); // nothing
}
