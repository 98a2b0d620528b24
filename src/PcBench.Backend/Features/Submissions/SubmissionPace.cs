using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Submissions;

/// <summary>
/// Lets submissions go first: somebody waits for those, and nobody for what follows them. While they come without a break,
/// consumers of events still do a batch now and then, so that nothing stands still.
/// </summary>
internal sealed class SubmissionPace(SubmissionWriter writer, TimeProvider time) : IPace
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (writer.IsBusy && time.GetElapsedTime(start) < AtMost)
            await Task.Delay(Look, time, cancel);
    }
}
