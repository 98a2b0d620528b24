using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>Which way a <see cref="GpuCopy"/> goes.</summary>
internal enum GpuWay
{
    /// <summary>Within the device's memory; what is read and what is written count.</summary>
    Within,

    /// <summary>From the machine's memory.</summary>
    Up,

    /// <summary>To the machine's memory.</summary>
    Down,
}

/// <summary>Copies of up to 256 MiB, whose first and last 64 KiB are checked.</summary>
internal sealed unsafe class GpuCopy : GpuWork
{
    private const int Checked = 64 << 10;
    private const long MostBytes = 256 << 20;

    private readonly GpuWay way;
    private readonly nuint bytes;
    private readonly HostMemory pattern;
    private readonly HostMemory target;
    private readonly nint first;
    private readonly nint second;

    public GpuCopy(IGpu gpu, GpuWay way)
        : base(gpu)
    {
        this.way = way;
        bytes = (nuint)(Math.Min(MostBytes, gpu.LargestBuffer / 4) / Checked * Checked);
        (pattern, target) = (gpu.AllocateHost(bytes), gpu.AllocateHost(bytes));
        var random = new DeterministicRandom(25);
        random.Fill(Part(pattern, 0));
        for (nuint at = Checked; at < bytes; at += Checked)
            Part(pattern, 0).CopyTo(Part(pattern, at));
        (first, second) = (gpu.Allocate(bytes), way == GpuWay.Within ? gpu.Allocate(bytes) : 0);
        gpu.Upload(first, 0, pattern.At(0), bytes);
    }

    private nint Written => way == GpuWay.Within ? second : first;

    public override void Reset()
    {
        foreach (var at in (nuint[])[0, bytes - Checked])
        {
            Part(target, at).Clear();
            if (way != GpuWay.Down)
                Gpu.Upload(Written, at, target.At(at), Checked);
        }
    }

    public override void AppendOutput(IncrementalHash hash)
    {
        foreach (var at in (nuint[])[0, bytes - Checked])
        {
            if (way != GpuWay.Down)
                Gpu.Download(Written, at, target.At(at), Checked);
            hash.AppendData(Part(target, at));
        }
    }

    public override void Dispose()
    {
        Gpu.Free(first);
        if (second != 0)
            Gpu.Free(second);
        Gpu.Free(pattern);
        Gpu.Free(target);
    }

    protected override double Launch()
    {
        if (way == GpuWay.Within)
            Gpu.Copy(first, second, bytes);
        else if (way == GpuWay.Up)
            Gpu.Upload(first, 0, pattern.At(0), bytes);
        else
            Gpu.Download(first, 0, target.At(0), bytes);
        return (way == GpuWay.Within ? 2.0 : 1.0) * bytes / 1e9;
    }

    private static Span<byte> Part(HostMemory memory, nuint at) => new(memory.At(at), Checked);
}
