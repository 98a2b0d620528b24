namespace PcBench.Platform.Events;

/// <summary>Lets consumers stand back while something more urgent goes on.</summary>
public interface IPace
{
    /// <summary>Returns when a consumer may begin its next batch.</summary>
    ValueTask WaitAsync(CancellationToken cancel);
}

/// <summary>Nothing is more urgent.</summary>
internal sealed class NoPace : IPace
{
    public ValueTask WaitAsync(CancellationToken cancel) => ValueTask.CompletedTask;
}
