using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Confluent.Kafka;

public class Pump
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(); // want high: queue grows per message
    private readonly BlockingCollection<string> _jobs = new BlockingCollection<string>(); // want high: queue grows per message
    private readonly ConcurrentQueue<string> _pending = new ConcurrentQueue<string>(); // want high: queue grows per message
    private readonly ConcurrentQueue<string> _looked = new ConcurrentQueue<string>(); // bounded: _looked.Count
    private readonly BlockingCollection<string> _small = new BlockingCollection<string>(100); // nothing: it has a size
    private readonly Channel<bool> _wake = Channel.CreateUnbounded<bool>(); // nothing: wake-ups
    private readonly ConcurrentQueue<string> _filled = new ConcurrentQueue<string>(); // nothing: filled once

    public async Task Read(IConsumer<string, string> consumer, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var text = consumer.Consume(token).Message.Value;
            await _lines.Writer.WriteAsync(text, token);
            _jobs.Add(text);
            _pending.Enqueue(text);
            if (_looked.Count > 1000)
            {
                continue;
            }
            _looked.Enqueue(text);
            _small.Add(text);
            await _wake.Writer.WriteAsync(true);
        }
    }

    public void Fill(string[] rows)
    {
        foreach (var row in rows)
        {
            _filled.Enqueue(row);
        }
    }
}
