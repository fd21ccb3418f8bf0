import Redis from 'ioredis';

export async function latest(redis: Redis) {
  await redis.xadd('orders', 'MAXLEN', 1000, '*', 'id', '1');
  await redis.xread('STREAMS', 'orders', '0'); // bounded: MAXLEN
}
