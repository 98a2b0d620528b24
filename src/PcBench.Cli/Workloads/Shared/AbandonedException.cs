namespace PcBench.Cli.Workloads.Shared;

/// <summary>Another thread that works on the same task has failed, so that this one waits for nothing.</summary>
internal sealed class AbandonedException() : Exception("Another thread of the task has failed.");
