using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Shop;

[ApiController]
public class OrdersController : ControllerBase
{
    private static readonly ConcurrentQueue<Order> Waiting = new(); // want high: queue grows per request
    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>(); // want high: queue grows per request
    private readonly List<Order> _kept = new(); // nothing: no queue

    [HttpPost("orders")]
    public IActionResult Place([FromBody] Order order)
    {
        Waiting.Enqueue(order);
        _orders.Writer.TryWrite(order);
        return Accepted();
    }
}
