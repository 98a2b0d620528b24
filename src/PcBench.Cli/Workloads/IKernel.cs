using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// One thread's part of a workload. It is made on the thread that runs it, so that its memory is near that thread's
/// core, and it allocates nothing in <see cref="Run"/>.
/// </summary>
internal interface IKernel : IDisposable
{
    /// <summary>Untimed, before each sample: removes the last output, so that only new work can bring it back.</summary>
    void Reset();

    /// <summary>The timed work: the same amount on every machine for processor and memory.</summary>
    /// <returns>
    /// How much was done, so that amount ÷ seconds is in the workload's unit; where lower is better, seconds ÷ amount is.
    /// </returns>
    double Run();

    /// <summary>Untimed, after each sample: adds what <see cref="Run"/> produced. Equal on every machine and architecture.</summary>
    void AppendOutput(IncrementalHash hash);
}

/// <summary>A kernel with several code paths for the same work: the fastest one is found during warm-up and named.</summary>
internal interface IVariantKernel : IKernel
{
    /// <summary>Names of the code paths this machine can run.</summary>
    IReadOnlyList<string> Variants { get; }

    /// <summary>Index of the path that runs.</summary>
    int Variant { get; set; }
}
