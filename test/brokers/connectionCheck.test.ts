import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkBroker } from '../../src/extension/connections/check';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { describeWith } from '../harness/need';
import { freePorts } from '../harness/process';

const noLog = () => undefined;
const check = (url: string) => checkBroker(parseBrokerUrl(url), noLog, new AbortController().signal);

describeWith(['redis'], 'The test of a connection before it is saved', ({ redis }) => {
  const user = 'half-reader';
  const asUser = (password: string) => redis.url.replace('redis://', `redis://${user}:${password}@`);
  let admin: Redis;

  beforeAll(async () => {
    admin = new Redis(redis.url);
    await admin.flushall();
    await admin.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await admin.xadd('orders', '*', 'order', '1');
    await admin.acl('SETUSER', user, 'reset', 'on', '>half', '~*', '-@all', '+ping', '+info', '+scan', '+type');
  });
  afterAll(async () => {
    await admin.acl('DELUSER', user);
    await admin.quit();
  });

  it('counts the queues that can be read and finds nothing missing', async () => {
    expect(await check(redis.url)).toEqual({ error: null, queues: 1, gaps: [] });
  });

  it('names the permission that a user lacks, with the figures it costs', async () => {
    const { error, gaps } = await check(asUser('half'));
    expect(error).toBeNull();
    expect(gaps).toEqual([
      expect.stringContaining('the user may not read 1 of 1 queues: allow'),
      expect.stringMatching(/^Permission missing: .*backlog.* of 1 queue \(/),
    ]);
  });

  it('says what to do where the password is wrong, or nobody answers', async () => {
    expect((await check(asUser('wrong'))).error?.code).toBe('denied');
    const [port = 0] = await freePorts(1);
    expect((await check(`redis://127.0.0.1:${port}`)).error).toMatchObject({ code: 'unreachable' });
  });
});
