import { createClient } from 'redis';

export async function consume(options: object) {
  const client = createClient();
  await client.xReadGroup('g', 'c', { key: 'orders', id: '>' }, { BLOCK: 0 }); // want medium: reads all there is
  await client.xRead({ key: 'orders', id: '$' }); // want medium: reads all there is
  await client.xRead({ key: 'orders', id: '$' }, { COUNT: 10 }); // bounded: COUNT
  await client.xRead({ key: 'orders', id: '$' }, options); // nothing
}
