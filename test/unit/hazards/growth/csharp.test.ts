import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';
import { judged } from '../bounds/judged';

const file = (members: string) => `using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Confluent.Kafka;

public class Worker
{
    private readonly ConcurrentQueue<string> _jobs = new ConcurrentQueue<string>();

    private async Task HandleAsync(object message) => await Task.Delay(1);
${members}
}
`;
/** A method that receives, and what it does with each. */
const receiving = (each: string) => `
    public async Task Run(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var result = consumer.Consume(token);
            ${each}
        }
    }
`;
const spawned = (members: string) => judged('csharp/unbounded-spawn', 'Worker.cs', file(members));
const start = 'Task.Run(() => HandleAsync(result)); // HERE\n';

describe('in C# a task is started for each message', () => {
  it.each([
    [
      'by a function that a list runs for each of its elements',
      receiving('result.Lines.ForEach(line => { _ = HandleAsync(line); // HERE\n});'),
    ],
    [
      'by a loop that is started itself',
      `public void Begin(IConsumer<string, string> consumer)\n{\nTask.Run(() =>\n{\nwhile (true)\n{\nvar result = consumer.Consume();\n_ = HandleAsync(result); // HERE\n}\n});\n}`,
    ],
    [
      'by a method that the loop calls',
      `${receiving('this.Dispatch(result);')}private void Dispatch(object result)\n{\n${start}}`,
    ],
    [
      'by a function of a list in a method that the loop calls',
      `${receiving('Dispatch(result);')}private void Dispatch(List<object> results)\n{\nresults.ForEach(result => { _ = HandleAsync(result); // HERE\n});\n}`,
    ],
    [
      'by a method that a route names',
      `public void Map(WebApplication app)\n{\napp.MapPost("/orders", Place);\n}\nprivate void Place(object result)\n{\n${start}}`,
    ],
    ['by a program without a class', ''],
  ])('%s', async (_sentence, members) => {
    const program = `using System.Threading.Tasks;\nusing Confluent.Kafka;\nvar token = new CancellationToken();\nwhile (true)\n{\nvar result = consumer.Consume(token);\n${start}}\n`;
    expect(await (members === '' ? judged('csharp/unbounded-spawn', 'Program.cs', program) : spawned(members))).toBe(
      'hazard',
    );
  });
});

describe('in C# nothing shows that a task is started for each message', () => {
  it.each([
    [
      'where one message is received once',
      `public void Once(IConsumer<string, string> consumer)\n{\nif (consumer.Consume(0) is { } result)\n{\n${start}}\n}`,
    ],
    [
      'inside of what is started, which is judged where it starts',
      receiving('Task.Run(() => {\n_ = HandleAsync(result); // HERE\n});'),
    ],
    [
      'in a method that is started, which is judged where it starts',
      `${receiving('_ = DispatchAsync(result);')}private async Task DispatchAsync(object result)\n{\n_ = HandleAsync(result); // HERE\n}`,
    ],
    [
      'in what is started in a method that the loop calls',
      `${receiving('Dispatch(result);')}private void Dispatch(object result)\n{\nTask.Run(() => {\n_ = HandleAsync(result); // HERE\n});\n}`,
    ],
    [
      'in a function that the method keeps',
      `${receiving('Dispatch(result);')}private void Dispatch(object result)\n{\n_whenIdle = () => {\n${start}};\n}`,
    ],
    ['in a local function that the loop only declares', receiving(`void Later()\n{\n${start}}`)],
    [
      'in a method that is called once',
      `public void Begin(object first)\n{\nDispatch(first);\n}\nprivate void Dispatch(object result)\n{\n${start}}`,
    ],
    [
      'in a method that is handed to who knows whom',
      `public void Begin(Registry registry)\n{\nregistry.Keep(Dispatch);\n}\nprivate void Dispatch(object result)\n{\n${start}}`,
    ],
    ['in a constructor beside the loop', `${receiving('Count(result);')}public Worker(object result)\n{\n${start}}`],
    ['at the top of a program', ''],
  ])('%s', async (_sentence, members) => {
    const program = `using System.Threading.Tasks;\nusing Confluent.Kafka;\nvar result = consumer.Consume();\n${start}`;
    expect(await (members === '' ? judged('csharp/unbounded-spawn', 'Program.cs', program) : spawned(members))).toBe(
      'nothing',
    );
  });
});

describe('a queue in C#', () => {
  const filled = (members: string) =>
    judged('csharp/unbounded-queue', 'Worker.cs', file(members).replace('string>();', 'string>(); // HERE'));

  it('grows by what is started for each message too', async () => {
    expect(await filled(receiving('Task.Run(() => _jobs.Enqueue(result.Message.Value));'))).toBe('hazard');
    const called = `${receiving('Take(result);')}private void Take(object result)\n{\nTask.Run(() => _jobs.Enqueue(result.Text));\n}`;
    expect(await filled(called)).toBe('hazard');
  });

  it('does not grow by a function that is only kept', async () => {
    const kept = `${receiving('Take(result);')}private void Take(object result)\n{\n_whenIdle = () => _jobs.Enqueue(result.Text);\n}`;
    expect(await filled(kept)).toBe('nothing');
  });

  it('is bounded by a look at its length', async () => {
    expect(await filled(receiving('if (_jobs.Count < 100) _jobs.Enqueue(result.Text);'))).toContain('`_jobs.Count`');
  });
});

describe('all elements of a listing in C#', () => {
  const listed = (body: string) =>
    judged('csharp/unbounded-fanout', 'Worker.cs', file(`public async Task All(Repository orders)\n{\n${body}\n}`));
  const together = 'await Task.WhenAll(rows.Select(row => HandleAsync(row))); // HERE\n';

  it('are many at once, also where an earlier loop goes by pages', async () => {
    expect(await listed(`var rows = await orders.FindOpenAsync();\n${together}`)).toBe('hazard');
    expect(
      await listed(`foreach (var page in pages) Count(page);\nvar rows = await orders.FindOpenAsync();\n${together}`),
    ).toBe('hazard');
    expect(
      await listed(`foreach (var shop in shops)\n{\nvar rows = await orders.FindOpenAsync(shop);\n${together}}`),
    ).toBe('hazard');
  });

  it('are as many as a page holds where they are asked for by pages', async () => {
    const paged = `foreach (var page in pages)\n{\nvar rows = await orders.FindOpenAsync(page);\n${together}}`;
    expect(await listed(paged)).toBe('pieces of a fixed size (`pages`)');
  });

  it('are as many as a scheduler lets in, if it is one for all', async () => {
    const by = (scheduler: string) =>
      listed(
        `var rows = await orders.FindOpenAsync();\nawait Task.WhenAll(rows.Select(row => Task.Factory.StartNew(() => Handle(row), token, TaskCreationOptions.None, ${scheduler}))); // HERE`,
      );
    expect(await by('_pair.ConcurrentScheduler')).toContain('lets in only so many');
    expect(await by('_limitedConcurrency')).toContain('lets in only so many');
    expect(await by('new LimitedConcurrencyLevelTaskScheduler(4)')).toBe('hazard');
    expect(await by('TaskScheduler.Default')).toBe('hazard');
  });
});

describe('what is told of a task in C#', () => {
  const told = async (members: string) => {
    const { hazards } = await engine.scanText('csharp', file(members), 'Worker.cs', {
      only: ['csharp/unbounded-spawn'],
    });
    return hazards[0];
  };

  it('is how the place is reached', async () => {
    const called = await told(`${receiving('Dispatch(result);')}private void Dispatch(object result)\n{\n${start}}`);
    expect(called?.evidence).toEqual([
      'the loop on line 14 turns once for each message from `consumer.Consume(token)`',
      '`Dispatch` (line 20) is called for it on line 17',
    ]);
  });

  it('is that a message counts as done before it is, but not so of a value', async () => {
    expect((await told(receiving(`${start}consumer.Commit(result);`)))?.message).toContain('does not wait for it');
    const values = `public async Task Run(Channel<string> jobs)\n{\nawait foreach (var result in jobs.Reader.ReadAllAsync())\n{\n${start}await pipe.CompleteAsync();\n}\n}`;
    expect((await told(values))?.message).not.toContain('does not wait for it');
  });
});
