import { Kafka } from 'kafkajs';
import { WebSocketServer } from 'ws';

const producer = new Kafka({ brokers: [] }).producer();

new WebSocketServer({ port: 1 }).on('connection', (socket) => {
  socket.on('message', (data) => {
    producer.send({ topic: 'orders', messages: [{ value: String(data) }] }); // want medium: send per message, result ignored
  });
  socket.on('message', async (data) => {
    await producer.send({ topic: 'orders', messages: [{ value: String(data) }] }); // nothing
  });
  socket.on('message', (data) => {
    socket.send(data); // nothing
  });
  socket.on('message', (data) => {
    if (inFlight > 100) return;
    producer.send({ topic: 'orders', messages: [{ value: String(data) }] }); // bounded: the check
  });
});
