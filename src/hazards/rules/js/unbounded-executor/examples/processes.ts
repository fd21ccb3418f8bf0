import { execFile, spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import express from 'express';
import { WebSocket } from 'ws';

const app = express();

app.post('/reports', (req, res) => {
  spawn('report', [req.params.id]); // want high: one process per request
});

export function listen(socket: WebSocket) {
  socket.on('message', (data) => {
    new Worker('./work.js', { workerData: data }); // want high: one process per message
    if (running >= 4) return;
    execFile('convert', []); // bounded: the check
  });
}

spawn('once', []); // nothing
export function convert(file: string) {
  return spawn('convert', [file]); // nothing
}
