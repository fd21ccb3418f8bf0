using Confluent.Kafka;
using RabbitMQ.Client;
using Shop.Messaging;
using Shop.Orders.Naming;
using static Shop.Orders.Naming.Keys;

namespace Shop.Orders;

public class Consumer
{
    public void Start(IModel channel, string name)
    {
        var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig { GroupId = Topics.Groups.Billing }).Build();
        consumer.Subscribe(Topics.Orders); // consume kafka orders / billing constant of Shop.Messaging/Topics.cs:5, Shop.Messaging/Topics.cs:9
        channel.BasicConsume(Queues.Mail, true, null); // consume rabbitmq mail constant of Shop.Orders/Naming/Names.cs:5
        channel.BasicPublish("events", Paid, null, null); // produce rabbitmq events/order.paid constant of Shop.Orders/Naming/Names.cs:10
        channel.BasicPublish("", $"{Queues.Mail}.{name}", null, null); // produce rabbitmq mail.* template of Shop.Orders/Naming/Names.cs:5
        channel.BasicPublish("", Absent.Name, null, null); // produce rabbitmq ? unknown
    }
}
