import { describe, expect, it } from 'vitest';
import { judged } from './judged';

/** A class that receives messages of Kafka: the code that is run for each, and what else it declares. */
const worker = (each: string, members = '') => `using Confluent.Kafka;

public class Worker
{
    private readonly SemaphoreSlim _gate = new SemaphoreSlim(8);
    private async Task HandleAsync(object message) => await Task.Delay(1);
${members}
    public async Task Run(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var result = consumer.Consume(token);
            ${each}
        }
    }
}
`;

const start = 'Task.Run(() => HandleAsync(result)); // HERE\n';
const spawned = (each: string, members?: string) =>
  judged('csharp/unbounded-spawn', 'Worker.cs', worker(each, members));

/** A handler of RabbitMQ: what it runs for each delivery. */
const delivered = (each: string, before = '') =>
  judged(
    'csharp/unbounded-spawn',
    'Handler.cs',
    `using RabbitMQ.Client;
using RabbitMQ.Client.Events;

public class Handler
{
    private readonly SemaphoreSlim _gate = new SemaphoreSlim(8);
    private async Task HandleAsync(object message) => await Task.Delay(1);

    public void Listen(IModel channel)
    {
        ${before}
        var consumer = new EventingBasicConsumer(channel);
        ${each}
    }
}
`,
  );

describe('a task for each message in C# is bounded by', () => {
  it.each([
    [
      'a permit that the condition around it takes',
      `if (_gate.Wait(0))\n{\n${start}}`,
      'a permit taken at `_gate.Wait(0)`',
    ],
    [
      'a permit whose lack leads elsewhere',
      `if (!_gate.Wait(0))\nReject(result);\nelse\n${start}`,
      'a permit taken at',
    ],
    [
      'a permit in a choice',
      `var task = _gate.Wait(0) ? Task.Run(() => HandleAsync(result)) : null; // HERE\n`,
      'a permit',
    ],
    ['a count that is looked at around it', `if (_running < 8)\n{\n${start}}`, 'the check on line'],
    [
      'a loop around it that goes on below a count',
      `while (_running < 8 && Next())\n{\n${start}}`,
      'the check on line',
    ],
    ['a count at which the turn ends', `if (_running >= 8)\ncontinue;\n${start}`, 'the check on line'],
    [
      'a count at which the program stops',
      `if (_running >= 8)\nthrow new BusyException();\n${start}`,
      'the check on line',
    ],
    ['a wait while there are many', `while (_running >= 8)\nawait Task.Delay(1);\n${start}`, 'the check on line'],
    [
      'a wait for one of those that run',
      `if (tasks.Count >= 8)\n{\nLog(result);\nTask.WaitAny(tasks.ToArray());\n}\n${start}`,
      'the check on line',
    ],
    [
      'a wait for all that were kept',
      `tasks.Add(Task.Run(() => HandleAsync(result))); // HERE\nif (tasks.Count == 8)\nawait Task.WhenAll(tasks);`,
      'the turn waits at `await Task.WhenAll(tasks)`',
    ],
    [
      'a wait that blocks until all are done',
      `tasks.Add(Task.Run(() => HandleAsync(result))); // HERE\nTask.WaitAll(tasks.ToArray());`,
      'the turn waits at `Task.WaitAll',
    ],
    [
      'a wait for its task by name',
      `var task = Task.Run(() => HandleAsync(result)); // HERE\ntask.Wait();`,
      'the turn waits at `task.Wait()`',
    ],
    [
      'a wait for its thread',
      `var thread = new Thread(() => Handle(result));\nthread.Start(); // HERE\nthread.Join();`,
      'the turn waits at `thread.Join()`',
    ],
    ['leaving the loop', `${start}break;`, 'it leaves the loop on line'],
    ['leaving the method', `${start}return;`, 'it leaves the loop on line'],
  ])('%s', async (_sentence, each, bound) => {
    expect(await spawned(each)).toContain(bound);
  });

  it('what the method looks at in which it stands, called for each', async () => {
    const dispatch = `private void Dispatch(object result)\n{\nif (_running >= 8) return;\n${start}}\n`;
    expect(await spawned('Dispatch(result);', dispatch)).toContain('the check on line');
  });

  it('a permit that the named method takes which is started', async () => {
    const guarded = 'private void Guarded(object state)\n{\n_gate.Wait();\nHandle(state);\n}\n';
    const started = 'ThreadPool.QueueUserWorkItem(Guarded); // HERE\n';
    expect(await spawned(started, guarded)).toContain('inside what is started');
    expect(await spawned(started, guarded.replace('_gate.Wait();', ''))).toBe('hazard');
  });

  it('a permit that an asynchronous handler takes by itself', async () => {
    const handler =
      'consumer.Received += async (sender, delivery) => // HERE\n{\nawait _gate.WaitAsync();\nawait HandleAsync(delivery);\n};';
    expect(await delivered(handler)).toContain('inside what is started');
    expect(await delivered(handler.replace('await _gate.WaitAsync();', ''))).toBe('hazard');
  });

  it('a permit in the method that is named as handler', async () => {
    const named = worker('', '')
      .replace(
        / {8}while[^]*/,
        `channel.Received += OnDelivery;\n}\nprivate void OnDelivery(object sender, object result)\n{\n_gate.Wait();\n${start}}\n}\n`,
      )
      .replace('Confluent.Kafka', 'RabbitMQ.Client');
    expect(await judged('csharp/unbounded-spawn', 'Worker.cs', named)).toContain('a permit taken at `_gate.Wait()`');
  });
});

describe('a task for each message in C# is not bounded by', () => {
  it.each([
    ['a permit in the other branch', `if (result.IsPartitionEOF)\n_gate.Wait();\nelse\n${start}`],
    [
      'a permit in the block of the other branch',
      `if (result.IsPartitionEOF)\n{\n_gate.Wait();\n}\nelse\n{\n${start}}`,
    ],
    ['a wait for a signal that is no permit', `_ready.WaitOne();\n${start}`],
    ['a permit that is given back', `_gate.Release();\n${start}`],
    ['a count that is only told', `if (_running >= 8)\nLog("busy");\n${start}`],
    ['the length of a loop around it', `for (var i = 0; i < result.Headers.Count; i++)\n{\n${start}}`],
    [
      'the length of a loop above it that may end early',
      `for (var i = 0; i < result.Headers.Count; i++)\n{\nif (Known(i)) break;\n}\n${start}`,
    ],
    [
      'the length of a loop above it that waits',
      `for (var i = 0; i < result.Headers.Count; i++)\n{\nawait Task.Yield();\n}\n${start}`,
    ],
    ['a wait for something else', `var task = Task.Run(() => HandleAsync(result)); // HERE\nawait Task.Yield();`],
    ['a wait for others, which nobody kept', `${start}await Task.WhenAll(others);`],
    [
      'a wait for something else, while all are kept',
      `tasks.Add(Task.Run(() => HandleAsync(result))); // HERE\nawait Task.Yield();`,
    ],
    [
      'a wait for another thread',
      `var thread = new Thread(() => Handle(result));\nthread.Start(); // HERE\nother.Join();`,
    ],
    ['a break that leaves a switch', `switch (result.Key)\n{\ncase "order":\n${start}break;\n}`],
    ['a break that leaves a switch, in a block', `switch (result.Key)\n{\ncase "order":\n{\n${start}break;\n}\n}`],
    ['another loop inside of it that is left', `foreach (var header in result.Headers)\n{\n${start}break;\n}`],
    [
      'how many run beside each other inside it',
      `Task.Run(() => Parallel.ForEach(Lines(result), new ParallelOptions { MaxDegreeOfParallelism = 4 }, Handle)); // HERE\n`,
    ],
    [
      'a scheduler that runs only some of them',
      `Task.Factory.StartNew(() => Handle(result), token, TaskCreationOptions.None, _pair.ConcurrentScheduler); // HERE\n`,
    ],
  ])('%s', async (_sentence, each) => {
    expect(await spawned(each)).toBe('hazard');
  });

  it('the end of its handler', async () => {
    expect(await delivered(`consumer.Received += (sender, result) =>\n{\n${start}return;\n};`)).toBe('hazard');
  });

  it('a prefetch where it is acknowledged before it is done', async () => {
    const acknowledged = `consumer.Received += (sender, result) =>\n{\n${start}channel.BasicAck(result.DeliveryTag, false);\n};`;
    expect(await delivered(acknowledged, 'channel.BasicQos(0, 20, false);')).toBe('hazard');
    const later = acknowledged.replace(/channel\.BasicAck.*/, '');
    expect(await delivered(later, 'channel.BasicQos(0, 20, false);')).toContain('`BasicQos`');
  });

  it('a prefetch where it is started for each connection', async () => {
    const accepted = 'var prefetchCount = 20;\nwhile (true)\n{\nvar result = listener.AcceptTcpClient();\n';
    expect(await delivered(`${accepted}${start}}`)).toBe('hazard');
  });
});
