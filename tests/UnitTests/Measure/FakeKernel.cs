using System.Security.Cryptography;
using PcBench.Cli.Workloads;

namespace PcBench.UnitTests.Measure;

/// <summary>A kernel that counts, and gives out what it is told.</summary>
internal sealed class FakeKernel(byte[] output) : IVariantKernel
{
    public int Runs { get; private set; }

    public bool Disposed { get; private set; }

    public IReadOnlyList<string> Variants { get; } = ["slow", "fast"];

    public int Variant { get; set; }

    public void Reset()
    {
    }

    public double Run()
    {
        Runs++;
        Thread.SpinWait(1000); // no sample may take no time at all
        return Variant == 0 ? 1 : 1e9;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(output);

    public void Dispose() => Disposed = true;
}
