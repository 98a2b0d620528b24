namespace PcBench.Cli.Measure;

/// <summary>A workload produced something else than it does on every sound machine.</summary>
internal sealed class WrongOutputException(string workload, string digest)
    : Exception($"{workload} gave a wrong output (digest {digest}).");
