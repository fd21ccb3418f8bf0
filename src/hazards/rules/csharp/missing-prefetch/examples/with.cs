using RabbitMQ.Client;
using RabbitMQ.Client.Events;

public class Limited
{
    public void Listen(IConnection connection)
    {
        var channel = connection.CreateModel();
        channel.BasicQos(prefetchSize: 0, prefetchCount: 20, global: false);
        channel.BasicConsume("jobs", false, new EventingBasicConsumer(channel)); // bounded: BasicQos
    }
}
