using Amazon.SQS.Model;
using Confluent.Kafka;
using MassTransit;
using NATS.Client.JetStream;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace Shop.Orders;

public static class Topics
{
    public const string Orders = "orders";
    public static readonly string Audit = "audit";
}

public class Worker(IConfiguration configuration, IModel channel, IDatabase redis, NatsJSContext js)
{
    private const string Jobs = "jobs";
    private readonly string _topic = Environment.GetEnvironmentVariable("TOPIC") ?? "refunds";

    public async Task Run(string region, IProducer<string, string> producer)
    {
        var config = new ConsumerConfig { GroupId = "billing", BootstrapServers = "localhost" };
        using var consumer = new ConsumerBuilder<string, string>(config).Build();
        consumer.Subscribe(Topics.Orders); // consume kafka orders / billing constant
        consumer.Subscribe(new[] { _topic, $"refunds.{region}" }); // consume kafka refunds / billing config; consume kafka refunds.* / billing template
        await producer.ProduceAsync(Topics.Audit, new Message<string, string>()); // produce kafka audit constant
        producer.Produce(configuration["OUT_TOPIC"], new Message<string, string>()); // produce kafka invoices config
        producer.Produce(region, new Message<string, string>()); // produce kafka ? unknown
        channel.QueueDeclare(queue: Jobs, durable: true); // declare rabbitmq jobs constant
        channel.BasicConsume(Jobs, false, handler); // consume rabbitmq jobs constant
        channel.BasicPublish(exchange: "events", routingKey: "order.paid", body: body); // produce rabbitmq events/order.paid literal
        await channel.BasicPublishAsync("", Jobs, body); // produce rabbitmq jobs constant
        busFactory.ReceiveEndpoint("mails", endpoint => endpoint.Consumer<Mailer>()); // consume rabbitmq mails literal
        await js.CreateOrUpdateConsumerAsync("EVENTS", new ConsumerConfig("shipping")); // consume nats EVENTS / shipping literal
        await redis.StreamReadGroupAsync("parcels", "shipping", "me", ">"); // consume redis parcels / shipping literal
        await redis.StreamAddAsync("parcels", "a", 1); // produce redis parcels literal
        await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = "https://sqs.eu-west-1.amazonaws.com/1234/claims" }); // consume aws_sqs claims literal
    }
}
