using System.Diagnostics;

namespace PcBench.Bench.Load;

/// <summary>What one connection, or all of them together, got. Each has its own, so that counting needs no lock.</summary>
internal sealed class Tally(IReadOnlyList<RequestKind> kinds, int seconds)
{
    public IReadOnlyList<Histogram> ByKind { get; } = [.. kinds.Select(_ => new Histogram())];

    /// <summary>Answers in each second of the window.</summary>
    public long[] PerSecond { get; } = new long[seconds];

    /// <summary>Failures by kind of request and what happened.</summary>
    public SortedDictionary<string, long> Errors { get; } = [];

    public long BodyBytes { get; private set; }

    /// <summary>Counts an answer.</summary>
    /// <param name="kind">Kind of the request.</param>
    /// <param name="response">The answer.</param>
    /// <param name="took">From the time it was meant to be sent to its last byte.</param>
    /// <param name="sinceStart">Time since the window's beginning.</param>
    public void Add(int kind, in ResponseParser response, long took, long sinceStart)
    {
        if (response.Status != kinds[kind].Expected)
        {
            Fail(kind, $"status {response.Status}");
            return;
        }

        ByKind[kind].Add(took);
        BodyBytes += response.BodyBytes;
        var second = sinceStart / Stopwatch.Frequency;
        if (second >= 0 && second < PerSecond.Length)
            PerSecond[second]++;
    }

    public void Fail(int kind, string reason) => Fail($"{kinds[kind].Name}: {reason}", 1);

    public void Add(Tally other)
    {
        for (var i = 0; i < ByKind.Count; i++)
            ByKind[i].Add(other.ByKind[i]);
        for (var i = 0; i < PerSecond.Length; i++)
            PerSecond[i] += other.PerSecond[i];
        foreach (var (error, count) in other.Errors)
            Fail(error, count);
        BodyBytes += other.BodyBytes;
    }

    private void Fail(string error, long count) => Errors[error] = Errors.GetValueOrDefault(error) + count;
}
