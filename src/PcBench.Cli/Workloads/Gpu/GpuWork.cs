using System.Diagnostics;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>
/// One kind of work on a graphics processor. As these differ a thousandfold, a sample is a window of time: as many launches as
/// lately fitted into 20 ms.
/// </summary>
internal abstract class GpuWork(IGpu gpu) : IVariantKernel
{
    private const double WindowSeconds = 0.02;
    private const int MostLaunches = 4096;

    private int launches = 1;

    /// <summary>The device stands where others have a code path.</summary>
    public IReadOnlyList<string> Variants { get; } = [gpu.Name];

    public int Variant { get; set; }

    protected IGpu Gpu { get; } = gpu;

    public abstract void Reset();

    public double Run()
    {
        var started = Stopwatch.GetTimestamp();
        var amount = 0.0;
        var done = launches;
        for (var i = 0; i < done; i++)
            amount += Launch();
        Gpu.Finish();
        launches = (int)Math.Clamp(done * WindowSeconds / Stopwatch.GetElapsedTime(started).TotalSeconds, 1, MostLaunches);
        return amount;
    }

    public abstract void AppendOutput(IncrementalHash hash);

    public abstract void Dispose();

    /// <summary>Once; need not be done when it returns.</summary>
    protected abstract double Launch();
}
