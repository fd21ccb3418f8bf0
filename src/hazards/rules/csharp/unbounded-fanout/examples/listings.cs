using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

public class Order
{
}

public class Repository
{
    public Task<List<Order>> FindOpenAsync() => Task.FromResult(new List<Order>());
}

public class Shipping
{
    private readonly SemaphoreSlim _gate = new SemaphoreSlim(4);

    private async Task<bool> ShipAsync(Order order)
    {
        await Task.Delay(1);
        return true;
    }

    private async Task<bool> GuardedAsync(Order order)
    {
        await _gate.WaitAsync();
        return await ShipAsync(order);
    }

    private Task CopyAsync(string file) => Task.Delay(file.Length);

    public async Task All(Repository repository)
    {
        var orders = await repository.FindOpenAsync();
        await Task.WhenAll(orders.Select(order => ShipAsync(order))); // want low: all elements at once
        bool[] shipped = await Task.WhenAll(orders.Select(async order => await ShipAsync(order))); // want low: all elements at once
    }

    public async Task Files(string folder)
    {
        var copies = Directory.GetFiles(folder).Select(async file =>
        {
            await CopyAsync(file);
        });
        await Task.WhenAll(copies); // want low: all elements at once
    }

    public async Task Collected(Repository repository)
    {
        var tasks = new List<Task>();
        foreach (var order in await repository.FindOpenAsync())
        {
            tasks.Add(ShipAsync(order));
        }
        await Task.WhenAll(tasks); // want low: all elements at once
    }

    public async Task Guarded(Repository repository)
    {
        var orders = await repository.FindOpenAsync();
        await Task.WhenAll(orders.Select(order => GuardedAsync(order))); // bounded: inside what is started
    }

    public async Task Few(Order left, Order right, IEnumerable<Order> some, Repository repository)
    {
        await Task.WhenAll(ShipAsync(left), ShipAsync(right)); // nothing: as many as stand here
        await Task.WhenAll(some.Select(order => ShipAsync(order))); // nothing: nothing shows how many there are
        var orders = await repository.FindOpenAsync();
        await Task.WhenAll(orders.Take(20).Select(order => ShipAsync(order))); // nothing: twenty
    }
}
