import express from 'express';

export function routes(orders, names) {
  const app = express();
  app.get('/orders', async (request, response) => {
    response.json(await orders.find().toArray()); // want low: reads all there is
  });
  app.get('/names', (request, response) => {
    response.json(names.map((name) => name.trim()).toArray()); // nothing
  });
}
