namespace PcBench.Platform.Events.Streams;

/// <summary>
/// This process among the replicas. One that is started again under the same name goes on with what it was given before.
/// </summary>
/// <param name="Name">Different in each process that runs at the same time.</param>
internal sealed record Replica(string Name)
{
    public static Replica OfProcess() => new($"{Environment.MachineName}-{Environment.ProcessId}");
}
