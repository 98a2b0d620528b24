using System.Diagnostics;
using System.Runtime.ExceptionServices;
using PcBench.Cli.Workloads;
using PcBench.Cli.Workloads.Shared;

namespace PcBench.Cli.Measure;

/// <summary>Who does how much of a sample's work.</summary>
internal enum Share
{
    /// <summary>Each thread does the same: its memory is its own.</summary>
    Equal,

    /// <summary>Each takes the next piece when it is free, so that slow cores do not keep fast ones waiting.</summary>
    AsFast,
}

/// <summary>What a team did in one sample.</summary>
/// <param name="Amounts">For each kernel the sum of what its runs returned; 0 where others were faster and it had nothing to do.</param>
/// <param name="Seconds">From the first thread's start to the last one's end, by their own stamps.</param>
/// <param name="CpuShare">Processor time ÷ wall time; null where the system does not say.</param>
/// <param name="Switches">How often a thread was taken off its processor; null where the system does not say.</param>
/// <param name="Faults">Page faults of all threads; null where the system does not say.</param>
internal readonly record struct TeamWork(double[] Amounts, double Seconds, double? CpuShare, int? Switches, int? Faults);

/// <summary>
/// Measuring threads, one on each logical processor, started once. Each stamps its own start and end: stamps of
/// a thread that only looks on are wrong whenever that thread has to wait for a processor.
/// </summary>
internal sealed class Team : IDisposable
{
    private readonly Member[] members;
    private readonly CountdownEvent finished = new(1);
    private int arrived;
    private int left;

    public Team(IReadOnlyList<int> processors) => members = [.. processors.Select(processor => new Member(this, processor))];

    public int Size => members.Length;

    /// <summary>Makes the fastest thread the first, where one is clearly faster: some processors have cores of two kinds.</summary>
    public void PutFastestFirst(Func<double> speed)
    {
        var speeds = new double[Size];
        Each(Size, member => speeds[member] = speed());
        var fastest = Array.IndexOf(speeds, speeds.Max());
        if (speeds[fastest] > 1.1 * speeds[0])
            (members[0], members[fastest]) = (members[fastest], members[0]);
    }

    /// <summary>Lets the first <paramref name="count"/> members do something at the same time, and waits for them.</summary>
    public void Each(int count, Action<int> action)
    {
        finished.Reset(count);
        for (var i = 0; i < count; i++)
            members[i].Start(action, i);
        finished.Wait();
        // Who was only left alone by another is not the one to be heard.
        members.Take(count).Select(member => member.Error).OfType<ExceptionDispatchInfo>()
            .OrderBy(error => error.SourceException is AbandonedException).FirstOrDefault()?.Throw();
    }

    /// <summary>One sample: <paramref name="runs"/> runs a kernel on the average.</summary>
    public TeamWork Run(IReadOnlyList<IKernel> kernels, int runs, Share share)
    {
        var count = kernels.Count;
        var work = new (double Amount, long Start, long End, ThreadUsage Before, ThreadUsage After)[count];
        arrived = 0;
        left = runs * count;
        Each(count, member =>
        {
            var kernel = kernels[member];
            try
            {
                kernel.Reset();
            }
            finally
            {
                WaitForAll(count); // who fails must not keep the others waiting
            }

            var before = ThreadUsage.Read();
            var start = Stopwatch.GetTimestamp();
            var amount = 0.0;
            if (share == Share.Equal)
            {
                for (var i = 0; i < runs; i++)
                    amount += kernel.Run();
            }
            else
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    amount += kernel.Run();
            }

            work[member] = (amount, start, Stopwatch.GetTimestamp(), before, ThreadUsage.Read());
        });

        var wall = work.Sum(done => SampleTimer.Between(done.Start, done.End));
        return new TeamWork(
            [.. work.Select(done => done.Amount)],
            SampleTimer.Between(work.Min(done => done.Start), work.Max(done => done.End)),
            Sum(done => done.After.CpuSeconds - done.Before.CpuSeconds) / wall,
            (int?)Sum(done => done.After.Switches - done.Before.Switches),
            (int?)Sum(done => done.After.Faults - done.Before.Faults));

        double? Sum(Func<(double, long, long, ThreadUsage Before, ThreadUsage After), double?> of) =>
            work.Aggregate((double?)0, (sum, done) => sum + of(done));
    }

    public void Dispose()
    {
        foreach (var member in members)
            member.Dispose();
        finished.Dispose();
    }

    /// <summary>Spins, for waking up takes longer than some kernels run; gives way where there are more threads than processors.</summary>
    private void WaitForAll(int count)
    {
        Interlocked.Increment(ref arrived);
        var spin = new SpinWait();
        while (Volatile.Read(ref arrived) < count)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    private sealed class Member : IDisposable
    {
        private readonly Team team;
        private readonly SemaphoreSlim go = new(0);
        private readonly Thread thread;
        private Action<int>? action;
        private int index;

        public Member(Team team, int processor)
        {
            this.team = team;
            thread = new Thread(() => Work(processor)) { IsBackground = true, Name = $"measure {processor}" };
            thread.Start();
        }

        public ExceptionDispatchInfo? Error { get; private set; }

        public void Start(Action<int> next, int member)
        {
            (action, index, Error) = (next, member, null);
            go.Release();
        }

        public void Dispose()
        {
            action = null;
            go.Release();
            thread.Join();
            go.Dispose();
        }

        private void Work(int processor)
        {
            Affinity.Pin(processor);
            for (go.Wait(); action is not null; go.Wait())
            {
                try
                {
                    action(index);
                }
                catch (Exception error)
                {
                    // The top of this thread: the one that waits for it throws it again.
                    Error = ExceptionDispatchInfo.Capture(error);
                }

                team.finished.Signal();
            }
        }
    }
}
