using System.Collections.Concurrent;
using PcBench.Backend.Caching;

namespace PcBench.Backend.Features.Cpus;

/// <summary>
/// One value for each CPU model, computed of all its results. That of a model with few results is of all that there are
/// now. That of a model with many takes long and changes little: it is computed again, behind the answers, when their
/// number grew by 1 %, or when it grew at all and a minute has passed. Where it is less, the best and the worst may be gone:
/// nobody is given the old value. Who asks while it is computed waits for that.
/// </summary>
internal sealed partial class PerCpu<T>(Freshness freshness, TimeProvider time, ILogger logger)
    where T : class
{
    private const int Capacity = 5_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, Kept> values = new();
    private readonly ConcurrentDictionary<int, bool> refreshing = new();
    private readonly ConcurrentDictionary<Wanted, Lazy<Task<T>>> computing = new();

    /// <summary>What a value is computed of: who comes after a deletion must not be given what was begun before it.</summary>
    private readonly record struct Wanted(int Cpu, long Results, long? Removals);

    private sealed record Kept(T Value, long Results, long? Removals, long At);

    public async ValueTask<T> GetAsync(CpuRow cpu, Func<Task<T>> compute)
    {
        var removals = freshness.Current?.Removals;
        if (!values.TryGetValue(cpu.No, out var kept))
            return await ComputeAsync(cpu, removals, compute);
        if (kept.Results == cpu.Results && kept.Removals == removals && removals is not null)
            return kept.Value;
        if (cpu.Results < CpuCache.Many || cpu.Results < kept.Results)
            return await ComputeAsync(cpu, removals, compute);
        if ((cpu.Results - kept.Results > cpu.Results / 100 || time.GetElapsedTime(kept.At) > MaxAge) && refreshing.TryAdd(cpu.No, true))
            _ = RefreshAsync(cpu, removals, compute);
        return kept.Value;
    }

    private async Task<T> ComputeAsync(CpuRow cpu, long? removals, Func<Task<T>> compute)
    {
        // Where it is not known what was removed, each computes for itself.
        if (removals is null)
            return await KeepAsync(cpu, removals, compute);
        var wanted = new Wanted(cpu.No, cpu.Results, removals);
        try
        {
            return await computing.GetOrAdd(wanted, _ => new Lazy<Task<T>>(() => KeepAsync(cpu, removals, compute))).Value;
        }
        finally
        {
            computing.TryRemove(wanted, out _);
        }
    }

    private async Task<T> KeepAsync(CpuRow cpu, long? removals, Func<Task<T>> compute)
    {
        var value = await compute();
        if (values.Count >= Capacity)
            values.Clear();
        values[cpu.No] = new Kept(value, cpu.Results, removals, time.GetTimestamp());
        return value;
    }

    private async Task RefreshAsync(CpuRow cpu, long? removals, Func<Task<T>> compute)
    {
        try
        {
            await ComputeAsync(cpu, removals, compute);
        }
        catch (Exception error)
        {
            Log.Failed(logger, error, cpu.Id); // the next one to ask tries again
        }
        finally
        {
            refreshing.TryRemove(cpu.No, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The statistics of {Cpu} could not be computed again")]
        public static partial void Failed(ILogger logger, Exception error, string cpu);
    }
}
