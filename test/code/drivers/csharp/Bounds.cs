using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Puts the generated texts through what can happen to them and prints what came of it.</summary>
public static class Bounds
{
    private interface IBound
    {
        /// <summary>Waits until the item is begun.</summary>
        Task Begin(int item);
        void Stop();
        Task Close();
    }

    private sealed class Pool : IBound
    {
        private readonly OrderJobs<int> jobs;
        public Pool(int? size, Func<int, Task> work, Action<int, Exception> failed) { jobs = new OrderJobs<int>(work, failed, size); }
        public Task Begin(int item) { return jobs.SubmitAsync(item); }
        public void Stop() { jobs.Stop(); }
        public Task Close() { return jobs.CloseAsync(); }
    }

    private sealed class Slots : IBound
    {
        private readonly JobSlots slots;
        private readonly Func<int, Task> work;
        private readonly Action<int, Exception> failed;
        public Slots(int? size, Func<int, Task> work, Action<int, Exception> failed)
        {
            slots = new JobSlots(size);
            this.work = work;
            this.failed = failed;
        }
        public async Task Begin(int item)
        {
            var slot = await slots.AcquireAsync();
            _ = Task.Run(async () =>
            {
                try { await work(item); }
                catch (Exception problem) { failed(item, problem); }
                finally { slot.Dispose(); slot.Dispose(); }
            });
        }
        public void Stop() { slots.Stop(); }
        public Task Close() { return slots.CloseAsync(); }
    }

    private static string kind;
    private static IBound Of(int? size, Func<int, Task> work, Action<int, Exception> failed)
    {
        return kind == "semaphore" ? (IBound)new Slots(size, work, failed) : new Pool(size, work, failed);
    }

    private static void Ignored(int item, Exception problem) { }

    private static async Task<bool> IsRefused(Task begun)
    {
        try { await begun; return false; }
        catch (OperationCanceledException) { return true; }
    }

    private static async Task<string> Crowd()
    {
        const int items = 10000, size = 16, producers = 4;
        int running = 0, most = 0, strange = 0;
        int[] handled = new int[items], failures = new int[items];
        var bound = Of(size, async item =>
        {
            int now = Interlocked.Increment(ref running);
            for (int seen = most; now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = most) { }
            try
            {
                await Task.Delay(item * 7919 % 3);
                if (item % 101 == 0) throw new InvalidOperationException("broken " + item + ".");
                if (item % 7 == 0) throw new IOException("failed " + item + ".");
                Interlocked.Increment(ref handled[item]);
            }
            finally { Interlocked.Decrement(ref running); }
        }, (item, problem) =>
        {
            Interlocked.Increment(ref failures[item]);
            if (!problem.Message.Contains(" " + item + ".")) Interlocked.Increment(ref strange);
        });
        await Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Run(async () =>
        {
            for (int item = producer; item < items; item += producers) await bound.Begin(item);
        })));
        await bound.Close();
        int notOnce = Enumerable.Range(0, items).Count(item => handled[item] + failures[item] != 1);
        return Facts("most", most, "handled", handled.Sum(), "failed", failures.Sum(), "notOnce", notOnce, "strange", strange);
    }

    private static async Task<string> Cancel()
    {
        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0, ended = 0, refused = 0;
        var bound = Of(4, async item =>
        {
            Interlocked.Increment(ref begun);
            await gate.Task;
            Interlocked.Increment(ref ended);
        }, Ignored);
        for (int item = 0; item < 4; item++) await bound.Begin(item);
        var blocked = Enumerable.Range(0, 3).Select(async item =>
        {
            if (await IsRefused(bound.Begin(item))) Interlocked.Increment(ref refused);
        }).ToArray();
        await Task.Delay(50);
        int early = refused;
        bound.Stop();
        await Task.WhenAll(blocked);
        bool late = await IsRefused(bound.Begin(9));
        int endedEarly = ended;
        gate.SetResult(true);
        await bound.Close();
        return Facts("early", early, "refused", refused, "lateRefused", late, "endedEarly", endedEarly, "begun", begun, "ended", ended);
    }

    private static async Task<string> Drain()
    {
        int accepted = 0, ended = 0;
        var bound = Of(4, async item => { await Task.Delay(20); Interlocked.Increment(ref ended); }, Ignored);
        for (int item = 0; item < 20; item++) { await bound.Begin(item); accepted++; }
        int before = ended;
        await bound.Close();
        int after = ended;
        await bound.Close();
        return Facts("accepted", accepted, "before", before, "after", after, "late", await IsRefused(bound.Begin(1)));
    }

    private static async Task<string> Flat()
    {
        const int items = 200, bytes = 50000;
        int ended = 0, ahead = 0;
        double first = 0;
        var payloads = new byte[items][];
        var bound = Of(4, async item =>
        {
            await Task.Delay(32);
            payloads[item] = null;
            Interlocked.Increment(ref ended);
        }, Ignored);
        var producing = new double[items];
        var whole = Stopwatch.StartNew();
        for (int item = 0; item < items; item++)
        {
            var produced = Stopwatch.StartNew();
            payloads[item] = new byte[bytes];
            producing[item] = produced.Elapsed.TotalSeconds;
            if (item == items / 10) first = GC.GetTotalMemory(true) / 1e6;
            await bound.Begin(item);
            ahead = Math.Max(ahead, item + 1 - ended);
        }
        double last = GC.GetTotalMemory(true) / 1e6;
        await bound.Close();
        double wall = whole.Elapsed.TotalSeconds;
        Array.Sort(producing);
        double faster = wall / items / producing[items / 2];
        return Facts("ahead", ahead, "grownMegabytes", last - first, "unboundedMegabytes", items * 0.9 * bytes / 1e6, "timesFaster", faster);
    }

    private static async Task<string> Idle()
    {
        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        IBound nothing = Of(4, item => gate.Task, Ignored), full = Of(2, item => gate.Task, Ignored);
        await full.Begin(1);
        await full.Begin(2);
        var waiting = full.Begin(3);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(500);
        double used = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        gate.SetResult(true);
        await waiting;
        await nothing.Close();
        await full.Close();
        return Facts("share", used / 0.5);
    }

    /// <summary>How many run at once where the environment says it, or why not.</summary>
    private static async Task<string> Environments()
    {
        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0;
        IBound bound;
        try { bound = Of(null, item => { Interlocked.Increment(ref begun); return gate.Task; }, Ignored); }
        catch (ArgumentException refused) { return Facts("refused", refused.Message); }
        for (int item = 0; item < 3; item++) await bound.Begin(item);
        var waiting = bound.Begin(3);
        await Task.Delay(50);
        int size = begun;
        gate.SetResult(true);
        await waiting;
        await bound.Close();
        return Facts("size", size);
    }

    /// <summary>Runs tasks in the only slot of a semaphore: each has to give it back.</summary>
    private static async Task<string> Call()
    {
        var slots = new JobSlots(1);
        int value = await slots.RunAsync(() => Task.FromResult(42));
        var errors = new List<string>();
        foreach (var task in new Func<Task<int>>[] { () => Task.FromException<int>(new IOException("failed")), () => { throw new InvalidOperationException("panic: broken"); } })
        {
            try { await slots.RunAsync(task); }
            catch (Exception thrown) { errors.Add(thrown.Message); }
        }
        bool again = await slots.RunAsync(() => Task.FromResult(true));
        await slots.CloseAsync();
        return Facts("value", value, "errors", string.Join(", ", errors), "again", again);
    }

    private static string Facts(params object[] pairs)
    {
        return "{" + string.Join(",", Enumerable.Range(0, pairs.Length / 2).Select(index => "\"" + pairs[2 * index] + "\":" + Json(pairs[2 * index + 1]))) + "}";
    }

    private static string Json(object value)
    {
        if (value is string text) return "\"" + text.Replace("\"", "\\\"") + "\"";
        return value is bool ? value.ToString().ToLowerInvariant() : Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    public static void Main(string[] arguments)
    {
        kind = arguments[0];
        var played = new Dictionary<string, Func<Task<string>>>
        {
            { "crowd", Crowd }, { "cancel", Cancel }, { "drain", Drain }, { "flat", Flat }, { "idle", Idle }, { "environment", Environments }, { "call", Call },
        };
        var told = arguments.Skip(1).Select(name => "\"" + name + "\":" + played[name]().GetAwaiter().GetResult());
        Console.WriteLine("{" + string.Join(",", told.ToArray()) + "}");
    }
}
