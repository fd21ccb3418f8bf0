using System.Threading.Tasks;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

public class Handlers
{
    private async Task WorkAsync(BasicDeliverEventArgs delivery)
    {
        await Task.Delay(1);
    }

    public void Listen(IModel channel)
    {
        var consumer = new EventingBasicConsumer(channel);
        consumer.Received += async (sender, delivery) => // want high: one task per message
        {
            await WorkAsync(delivery);
            channel.BasicAck(delivery.DeliveryTag, false);
        };
        consumer.Received += (sender, delivery) =>
        {
            Task.Run(() => WorkAsync(delivery)); // want high: one task per message
        };
        consumer.Received += OnDelivery;
        consumer.Shutdown += async (sender, reason) => await Task.Delay(1); // nothing: an end
    }

    private void OnDelivery(object sender, BasicDeliverEventArgs delivery)
    {
        _ = WorkAsync(delivery); // want high: one task per message
    }
}
