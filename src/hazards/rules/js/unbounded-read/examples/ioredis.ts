import Redis from 'ioredis';

export async function consume(redis: Redis, given: string[]) {
  await redis.xreadgroup('GROUP', 'g', 'c', 'BLOCK', 0, 'STREAMS', 'orders', '>'); // want medium: reads all there is
  await redis.xread('STREAMS', 'orders', '$'); // want medium: reads all there is
  await redis.xread('COUNT', 10, 'STREAMS', 'orders', '$'); // bounded: COUNT
  await redis.xread(...given); // nothing
}
