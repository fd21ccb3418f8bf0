using System;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Handles items, so many at once.</summary>
/// <remarks>
/// There is no queue in it: <c>await pool.SubmitAsync(item)</c> waits until the item is begun, so the producer goes no
/// faster than the handling, and no item lies where a shutdown could forget it. In C# 7, for every .NET there is; from
/// .NET 6 on, <c>Parallel.ForEachAsync</c> does as well for a batch, and a bounded <c>Channel</c> for a pipeline.
/// </remarks>
public sealed class WorkerPool<T>
{
    /// <summary>How many at once where neither the caller nor the environment says it.</summary>
    private const int DefaultConcurrency = 8;

    private readonly Func<T, Task> handle;
    private readonly Action<T, Exception> failed;
    private readonly int size;
    private readonly SemaphoreSlim free;
    private readonly CancellationTokenSource stopping;
    private readonly Lazy<Task> drained;

    /// <param name="handle">Does the work for one item.</param>
    /// <param name="failed">
    /// Hears of every item whose handling threw, and what, from several threads at once. What it throws itself ends the
    /// process, as nobody is left to tell.
    /// </param>
    /// <param name="concurrency">How many at once; without it WORKER_POOL_CONCURRENCY of the environment.</param>
    /// <param name="stop">When it is cancelled no more items are taken; those begun are finished.</param>
    /// <exception cref="ArgumentException">For a size below 1.</exception>
    public WorkerPool(
        Func<T, Task> handle,
        Action<T, Exception> failed,
        int? concurrency = null,
        CancellationToken stop = default(CancellationToken))
    {
        this.handle = handle;
        this.failed = failed;
        size = ConcurrencyOf(concurrency);
        free = new SemaphoreSlim(size, size);
        stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        drained = new Lazy<Task>(DrainAsync);
    }

    /// <summary>Waits until the item is begun.</summary>
    /// <exception cref="OperationCanceledException">It will not be: the pool was stopped.</exception>
    public async Task SubmitAsync(T item)
    {
        await free.WaitAsync(stopping.Token).ConfigureAwait(false);
        Run(item);
    }

    /// <summary>Takes no more items; those begun go on.</summary>
    public void Stop()
    {
        stopping.Cancel();
    }

    /// <summary>Takes no more items and waits until those begun are finished.</summary>
    public Task CloseAsync()
    {
        Stop();
        return drained.Value;
    }

    /// <summary>Without a task, since an exception in one that nobody awaits would be lost.</summary>
    private async void Run(T item)
    {
        try
        {
            await Task.Run(() => handle(item)).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            failed(item, problem);
        }
        finally
        {
            free.Release();
        }
    }

    private async Task DrainAsync()
    {
        for (int place = 0; place < size; place++)
        {
            await free.WaitAsync().ConfigureAwait(false);
        }
    }

    private static int ConcurrencyOf(int? given)
    {
        if (given < 1)
        {
            throw new ArgumentException("concurrency: " + given + " is less than 1");
        }
        string text = Environment.GetEnvironmentVariable("WORKER_POOL_CONCURRENCY");
        if (given.HasValue || string.IsNullOrEmpty(text))
        {
            return given ?? DefaultConcurrency;
        }
        if (!int.TryParse(text, out int size) || size < 1)
        {
            throw new ArgumentException("WORKER_POOL_CONCURRENCY: \"" + text + "\" is no whole number from 1 up");
        }
        return size;
    }
}
