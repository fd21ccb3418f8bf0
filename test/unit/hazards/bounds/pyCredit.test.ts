import { describe, expect, it } from 'vitest';
import { judged } from './judged';

const start = 'asyncio.create_task(handle(message))  # HERE\n';

describe('the prefetch of a broker in Python', () => {
  const rabbit = (each: string) =>
    judged(
      'py/unbounded-spawn',
      'worker.py',
      `import asyncio\nimport aio_pika\n\nasync def main(channel):\n    await channel.set_qos(prefetch_count=10)\n    async with queue.iterator() as messages:\n        async for message in messages:\n            ${start}${each}\n`,
    );

  it('bounds what is started for each message, unless messages count as done before they are', async () => {
    expect(await rabbit('')).toContain('`set_qos`');
    expect(await rabbit('            await message.ack()')).toBe('hazard');
  });

  it('does not bound what is started for each connection', async () => {
    const accept = `import asyncio\nimport socket\n\n# A broker.\nasync def main(channel, server):\n    channel.basic_qos(prefetch_count=10)\n    while True:\n        message, _ = server.accept()\n        ${start}`;
    expect(await judged('py/unbounded-spawn', 'worker.py', accept)).toBe('hazard');
  });

  const handed = (name: string, most = '10') =>
    judged(
      'py/unbounded-spawn',
      'feed.py',
      `import asyncio\n\n\nclass Feed:\n    def __init__(self, channel, prefetch_count=${most}):\n        channel.basic_qos(prefetch_count=prefetch_count)\n\n    def ${name}(self, message):\n        ${start}`,
    );

  it('bounds what a method starts that is handed what a broker sends', async () => {
    expect(await handed('on_message')).toContain("the broker's limit on unfinished messages");
    expect(await handed('on_publish')).toContain("the broker's limit on unfinished messages");
  });

  it('does not bound what the program sends or what has no limit by default', async () => {
    expect(await handed('publish_message')).toBe('hazard');
    expect(await handed('_async_send_message')).toBe('hazard');
    expect(await handed('on_message', '0')).toBe('hazard');
  });

  it('bounds what is done now and then only where a broker is spoken of', async () => {
    const called = (about: string) =>
      judged(
        'py/unbounded-spawn',
        'feed.py',
        `import asyncio\n\n\nclass Feed:\n    """${about}"""\n\n    def __init__(self, channel):\n        channel.basic_qos(prefetch_count=10)\n\n    def handle_later(self):\n        asyncio.run_coroutine_threadsafe(self.handle_request(), self.loop)  # HERE\n\n    async def handle_request(self):\n        await self.client.answer()\n`,
      );
    expect(await called('Answers the broker.')).toContain("the broker's limit");
    expect(await called('Answers the browser.')).toBe('hazard');
  });
});
