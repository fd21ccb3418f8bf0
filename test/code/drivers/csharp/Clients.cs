// The part of two clients' interfaces that the examples use: NuGet, which has the real ones, is not asked in tests.
namespace Confluent.Kafka
{
    public class Message<TKey, TValue>
    {
        public TKey Key { get; set; }
        public TValue Value { get; set; }
    }

    public class ConsumeResult<TKey, TValue>
    {
        public Message<TKey, TValue> Message { get; set; }
    }

    public interface IConsumer<TKey, TValue>
    {
        ConsumeResult<TKey, TValue> Consume(System.Threading.CancellationToken token);
        void Commit(ConsumeResult<TKey, TValue> result);
    }
}

namespace RabbitMQ.Client
{
    public interface IBasicConsumer
    {
    }

    public interface IModel
    {
        void BasicAck(ulong deliveryTag, bool multiple);
        void BasicQos(uint prefetchSize, ushort prefetchCount, bool global);
        string BasicConsume(string queue, bool autoAck, IBasicConsumer consumer);
    }

    public interface IChannel
    {
        System.Threading.Tasks.Task BasicQosAsync(uint prefetchSize, ushort prefetchCount, bool global);
        System.Threading.Tasks.Task<string> BasicConsumeAsync(string queue, bool autoAck, IBasicConsumer consumer);
    }

    public interface IConnection
    {
        IModel CreateModel();
        System.Threading.Tasks.Task<IChannel> CreateChannelAsync();
    }
}

namespace RabbitMQ.Client.Events
{
    public class BasicDeliverEventArgs
    {
        public ulong DeliveryTag { get; set; }
    }

    public class EventingBasicConsumer : IBasicConsumer
    {
        public EventingBasicConsumer(IModel channel)
        {
        }

        public event System.EventHandler<BasicDeliverEventArgs> Received { add { } remove { } }
        public event System.EventHandler<System.EventArgs> Shutdown { add { } remove { } }
    }

    public class AsyncEventingBasicConsumer : IBasicConsumer
    {
        public AsyncEventingBasicConsumer(IChannel channel)
        {
        }
    }
}
