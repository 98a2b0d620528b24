using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>Twelve chains of fused multiply-adds in each of thousands of items; each counts to the number of rounds.</summary>
internal sealed unsafe class GpuPeak<T> : GpuWork
    where T : unmanaged
{
    private const int Chains = 12;
    private const int Rounds = 512;
    private const int Side = 256;

    // Several times what a unit holds at once, so that the last groups do not leave many idle.
    private const int GroupsOfUnit = 32;

    private readonly int groups;
    private readonly nint buffer;
    private readonly nint kernel;
    private readonly T[] output;

    public GpuPeak(IGpu gpu)
        : base(gpu)
    {
        groups = GroupsOfUnit * gpu.Units;
        output = new T[groups * Side];
        buffer = gpu.Allocate((nuint)(output.Length * sizeof(T)));
        kernel = gpu.Kernel(typeof(T) == typeof(float) ? "count32" : "count64");
    }

    public override void Reset()
    {
        Array.Clear(output);
        fixed (T* zeros = output)
            Gpu.Upload(buffer, 0, zeros, (nuint)(output.Length * sizeof(T)));
    }

    public override void AppendOutput(IncrementalHash hash)
    {
        fixed (T* target = output)
            Gpu.Download(buffer, 0, target, (nuint)(output.Length * sizeof(T)));
        // All items have counted alike: one stands for all, unless another differs.
        var bytes = MemoryMarshal.AsBytes(output.AsSpan());
        hash.AppendData(bytes[..sizeof(T)]);
        if (!bytes[sizeof(T)..].SequenceEqual(bytes[..^sizeof(T)]))
            hash.AppendData(bytes);
    }

    public override void Dispose() => Gpu.Free(buffer);

    protected override double Launch()
    {
        var one = typeof(T) == typeof(float) ? GpuArgument.Of(1f) : GpuArgument.Of(1.0);
        Gpu.Launch(kernel, groups, 1, Side, 1, GpuArgument.Buffer(buffer), one, GpuArgument.Of(Rounds));
        return 2.0 * Chains * Rounds * groups * Side / 1e9;
    }
}
