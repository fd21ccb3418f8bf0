using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Confluent.Kafka;

public class Worker
{
    private readonly SemaphoreSlim _gate = new SemaphoreSlim(8);
    private int _running;

    private async Task HandleAsync(Message<string, string> message)
    {
        await Task.Delay(1);
    }

    private async Task GuardedAsync(Message<string, string> message)
    {
        await _gate.WaitAsync();
        await HandleAsync(message);
        _gate.Release();
    }

    private async void Forgotten(Message<string, string> message)
    {
        await HandleAsync(message);
    }

    public void EachMessage(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var result = consumer.Consume(token);
            Task.Run(() => HandleAsync(result.Message)); // want high: one task per message
        }
    }

    public async Task DoneBeforeItIs(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            _ = HandleAsync(result.Message); // want critical: one task per message
            consumer.Commit(result);
            await Task.Yield();
        }
    }

    public void NobodyCanWait(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            Forgotten(result.Message); // want high: one task per message
        }
    }

    public void OnThreads(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            ThreadPool.QueueUserWorkItem(state => Console.WriteLine(result)); // want high: one task per message
            new Thread(() => Console.WriteLine(result)).Start(); // want high: one task per message
        }
    }

    public void EachValue(BlockingCollection<Message<string, string>> jobs)
    {
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            Task.Run(() => HandleAsync(job)); // want medium: one task per value
        }
    }

    public async Task EachConnection(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            _ = Task.Run(() => Serve(client)); // want low: one task per connection
        }
    }

    private void Serve(TcpClient client)
    {
    }

    public async Task WithAPermit(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            await _gate.WaitAsync(token);
            _ = Task.Run(async () => // bounded: _gate.WaitAsync
            {
                await HandleAsync(result.Message);
                _gate.Release();
            });
        }
    }

    public void PermitInside(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            _ = GuardedAsync(result.Message); // bounded: inside what is started
        }
    }

    public async Task Awaited(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            await Task.Run(() => HandleAsync(result.Message)).ConfigureAwait(false); // nothing: it is awaited
            HandleAsync(result.Message).Wait(); // nothing: it is waited for
        }
    }

    public async Task Joined(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            var task = Task.Run(() => HandleAsync(result.Message)); // bounded: the turn waits
            await task;
        }
    }

    public void Counted(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            while (_running >= 8)
            {
                Thread.Sleep(1);
            }
            Task.Run(() => HandleAsync(result.Message)); // bounded: the check
        }
    }

    public void CalledForEach(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            Dispatch(consumer.Consume(token));
        }
    }

    private void Dispatch(ConsumeResult<string, string> result)
    {
        Task.Run(() => HandleAsync(result.Message)); // want high: one task per message
    }

    public void Once(List<Message<string, string>> few)
    {
        Task.Run(() => HandleAsync(few[0])); // nothing: it stands in no loop
        foreach (var each in few)
        {
            _ = HandleAsync(each); // nothing: nothing shows how many there are
        }
    }

    public void StopAll(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            Task.Run(() => HandleAsync(result.Message)); // bounded: stops things
        }
    }

    public void Explained(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (true)
        {
            var result = consumer.Consume(token);
            // backpressure: bounded-by 4 partitions
            Task.Run(() => HandleAsync(result.Message)); // suppressed: 4 partitions
        }
    }
}
