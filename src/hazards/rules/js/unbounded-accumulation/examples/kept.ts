import { createServer } from 'node:http';
import { connect } from 'mqtt';

const seen = new Set<string>();
const latest = new Map<string, string>();
const limited = new Map<string, string>();
const client = connect('mqtt://localhost');

client.on('message', (topic, payload) => {
  seen.add(String(payload)); // want medium: kept per message
  latest.set(String(payload), topic); // want medium: kept per message
  limited.set(String(payload), topic); // bounded: limited.size
  if (limited.size > 1000) limited.clear();
  const words = new Set<string>();
  words.add(topic); // nothing
});

createServer((request, response) => {
  let body = '';
  let bytes = 0;
  request.on('data', (chunk) => {
    body += chunk; // want medium: kept per chunk
    bytes += chunk.length; // nothing
  });
});

createServer((request, response) => {
  let checked = '';
  request.on('data', (chunk) => {
    checked += chunk; // bounded: checked.length >
    if (checked.length > 1000) request.destroy();
  });
});

export function start(names: string[]) {
  for (const name of names) seen.add(name); // nothing
}
