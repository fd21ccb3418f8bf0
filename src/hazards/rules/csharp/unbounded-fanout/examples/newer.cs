namespace Shop;

public class BatchController : ControllerBase
{
    [HttpPost("orders/batch")]
    public async Task<IActionResult> Place([FromBody] List<Order> orders)
    {
        await Task.WhenAll(orders.Select(ShipAsync)); // want low: all elements at once
        foreach (var piece in (await context.Orders.ToListAsync()).Chunk(50))
        {
            await Task.WhenAll(piece.Select(ShipAsync)); // nothing: pieces of fifty
        }
        return Ok();
    }
}
