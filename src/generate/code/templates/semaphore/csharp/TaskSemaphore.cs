using System;
using System.Threading;
using System.Threading.Tasks;

/// <summary>So many slots, and a task needs one to run.</summary>
/// <remarks>
/// A loop that starts tasks has to wait for the slot itself, or the tasks that wait pile up:
/// <code>
/// var slot = await semaphore.AcquireAsync();
/// started.Add(HandleAsync(message).ContinueWith(ended => { slot.Dispose(); return ended; }).Unwrap());
/// </code>
/// Unlike <c>SemaphoreSlim</c> it can be stopped and drained, and a slot cannot be given back twice. In C# 7, for every
/// .NET there is.
/// </remarks>
public sealed class TaskSemaphore
{
    /// <summary>How many at once where neither the caller nor the environment says it.</summary>
    private const int DefaultConcurrency = 8;

    private readonly int size;
    private readonly SemaphoreSlim free;
    private readonly CancellationTokenSource stopping;
    private readonly Lazy<Task> drained;

    /// <param name="concurrency">How many at once; without it TASK_SEMAPHORE_CONCURRENCY of the environment.</param>
    /// <param name="stop">When it is cancelled no more slots are given; tasks that have one go on.</param>
    /// <exception cref="ArgumentException">For a size below 1.</exception>
    public TaskSemaphore(int? concurrency = null, CancellationToken stop = default(CancellationToken))
    {
        size = ConcurrencyOf(concurrency);
        free = new SemaphoreSlim(size, size);
        stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        drained = new Lazy<Task>(DrainAsync);
    }

    /// <summary>Waits for a slot, to be disposed of by whoever ends the task, on any thread.</summary>
    /// <exception cref="OperationCanceledException">There will be none: the semaphore was stopped.</exception>
    public async Task<IDisposable> AcquireAsync()
    {
        await free.WaitAsync(stopping.Token).ConfigureAwait(false);
        return new Slot(free);
    }

    /// <summary>Runs a task in a slot. What it throws comes through.</summary>
    public async Task<R> RunAsync<R>(Func<Task<R>> task)
    {
        using (await AcquireAsync().ConfigureAwait(false))
        {
            return await task().ConfigureAwait(false);
        }
    }

    /// <summary>Gives no more slots; tasks that have one go on.</summary>
    public void Stop()
    {
        stopping.Cancel();
    }

    /// <summary>Gives no more slots and waits until every task has given back its own.</summary>
    public Task CloseAsync()
    {
        Stop();
        return drained.Value;
    }

    private async Task DrainAsync()
    {
        for (int slot = 0; slot < size; slot++)
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
        string text = Environment.GetEnvironmentVariable("TASK_SEMAPHORE_CONCURRENCY");
        if (given.HasValue || string.IsNullOrEmpty(text))
        {
            return given ?? DefaultConcurrency;
        }
        if (!int.TryParse(text, out int size) || size < 1)
        {
            throw new ArgumentException("TASK_SEMAPHORE_CONCURRENCY: \"" + text + "\" is no whole number from 1 up");
        }
        return size;
    }

    private sealed class Slot : IDisposable
    {
        private SemaphoreSlim free;

        public Slot(SemaphoreSlim free)
        {
            this.free = free;
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref free, null)?.Release();
        }
    }
}
