using System.Threading.Tasks;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

public class Limited
{
    private async Task WorkAsync(BasicDeliverEventArgs delivery)
    {
        await Task.Delay(1);
    }

    public void Listen(IModel channel)
    {
        channel.BasicQos(0, 20, false);
        var consumer = new EventingBasicConsumer(channel);
        consumer.Received += (sender, delivery) =>
        {
            _ = WorkAsync(delivery); // bounded: BasicQos
        };
    }
}
