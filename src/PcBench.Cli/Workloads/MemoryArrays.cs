namespace PcBench.Cli.Workloads;

/// <summary>
/// Three arrays of doubles that one thread's bandwidth kernels share, made on that thread so that they are near its core. All blocks of
/// the second array are alike, and so are those of the third, so that what is made of them is the same for every size.
/// </summary>
internal sealed unsafe class MemoryArrays : IDisposable
{
    /// <summary>Elements of a block.</summary>
    public const int BlockElements = 1024;

    /// <summary>Blocks of the smallest arrays.</summary>
    public const int MinBlocks = 64;

    private readonly NativeBuffer a;
    private readonly NativeBuffer b;
    private readonly NativeBuffer c;

    /// <summary>Arrays of <paramref name="bytes"/> bytes each, in whole blocks.</summary>
    public MemoryArrays(long bytes)
    {
        var blocks = (nuint)Math.Max(MinBlocks, bytes / (BlockElements * sizeof(double)));
        var size = blocks * BlockElements * sizeof(double);
        (a, b, c) = (new NativeBuffer(size), new NativeBuffer(size), new NativeBuffer(size));
        for (nuint i = 0; i < blocks * BlockElements; i++)
            (b.As<double>()[i], c.As<double>()[i]) = (i % BlockElements, 7 * i % BlockElements);
    }

    /// <summary>What is written.</summary>
    public double* A => a.As<double>();

    /// <summary>0 to 1,023 in each block.</summary>
    public double* B => b.As<double>();

    /// <summary>Seven times the place, modulo 1,024, in each block.</summary>
    public double* C => c.As<double>();

    /// <summary>Whole blocks in the first <paramref name="bytes"/> bytes.</summary>
    public nuint BlocksOf(long bytes) =>
        (nuint)Math.Clamp(bytes / (BlockElements * sizeof(double)), MinBlocks, (long)a.Bytes / (BlockElements * sizeof(double)));

    public void Dispose()
    {
        a.Dispose();
        b.Dispose();
        c.Dispose();
    }
}
