using System.Threading.Tasks;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

public class Consumers
{
    public void Old(IConnection connection)
    {
        var channel = connection.CreateModel();
        var consumer = new EventingBasicConsumer(channel);
        channel.BasicConsume("jobs", false, consumer); // want high: no prefetch
        channel.BasicConsume(queue: "logs", autoAck: true, consumer: consumer); // want medium: no prefetch
        channel.BasicConsume("amq.rabbitmq.reply-to", true, consumer); // nothing: one answer
    }

    public async Task New(IConnection connection)
    {
        var channel = await connection.CreateChannelAsync();
        await channel.BasicConsumeAsync(queue: "jobs", autoAck: false, consumer: new AsyncEventingBasicConsumer(channel)); // want high: no prefetch
    }
}
