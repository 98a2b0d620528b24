using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Submissions;

/// <summary>
/// Lets submissions go first: somebody waits for those, and nobody for what follows them. While they come without a break,
/// consumers of events still do a batch now and then, so that nothing stands still.
/// </summary>
internal sealed class SubmissionPace(TimeProvider time) : IPace
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // Submissions that were stored together are answered together, and those who sent them need a moment to send more. And a
    // replica sees only its share: at 100 a second a gap of 40 ms comes every second, one of a quarter of a second never.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(250);

    private int underway;
    private long lastEnd = long.MinValue / 2;

    /// <summary>Whether there are submissions whose document is here and that have no answer yet, or were a moment ago.</summary>
    public bool IsBusy => Volatile.Read(ref underway) > 0 || time.GetElapsedTime(Volatile.Read(ref lastEnd)) < Calm;

    /// <summary>A submission is underway until what this returns is disposed of. Not before its whole document is here: a slow sender holds nobody up.</summary>
    public Underway Begin()
    {
        Interlocked.Increment(ref underway);
        return new Underway(this);
    }

    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (IsBusy && time.GetElapsedTime(start) < AtMost)
            await Task.Delay(Look, time, cancel);
    }

    private void End()
    {
        Volatile.Write(ref lastEnd, time.GetTimestamp());
        Interlocked.Decrement(ref underway);
    }

    internal readonly struct Underway(SubmissionPace pace) : IDisposable
    {
        public void Dispose() => pace.End();
    }
}
