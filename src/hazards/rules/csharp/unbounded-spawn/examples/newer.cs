using System.Threading.Channels;
using MassTransit;
using NATS.Client.Core;

namespace Shop.Orders;

public record OrderPlaced(string Id);

public class PlacedConsumer(ILogger<PlacedConsumer> logger) : IConsumer<OrderPlaced>
{
    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        _ = Task.Run(() => ChargeAsync(context.Message)); // want critical: one task per message
        await ChargeAsync(context.Message); // nothing: awaited
    }

    private async Task ChargeAsync(OrderPlaced placed) => await Task.Delay(1);
}

public class Pump(Channel<OrderPlaced> orders, INatsConnection nats)
{
    public async Task RunAsync(CancellationToken token)
    {
        await foreach (var order in orders.Reader.ReadAllAsync(token))
        {
            _ = ChargeAsync(order); // want medium: one task per value
        }
    }

    public async Task ListenAsync(CancellationToken token)
    {
        await foreach (var message in nats.SubscribeAsync<OrderPlaced>("orders", cancellationToken: token))
        {
            _ = Task.Run(() => ChargeAsync(message.Data!), token); // want high: one task per message
        }
    }

    private async Task ChargeAsync(OrderPlaced order) => await Task.Delay(1);
}
