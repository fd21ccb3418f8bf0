import { spawn } from 'node:child_process';
import { Redis } from 'ioredis';

const subscriber = new Redis();
subscriber.on('message', (_channel, text) => {
  spawn('report', [text]); // want high: one process per message
});
