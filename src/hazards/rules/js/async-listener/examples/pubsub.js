import { PubSub } from '@google-cloud/pubsub';

const subscription = new PubSub().subscription('orders');

subscription.on('message', async (message) => { // bounded: flow control
  await store(message.data);
  message.ack();
});

subscription.on('message', async (message) => { // want medium: one running call per message
  message.ack();
  await store(message.data);
});
