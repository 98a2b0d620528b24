namespace PcBench.Cli.Workloads.Gpu;

/// <summary>A graphics processor by one of the interfaces to it. Everything but <see cref="Finish"/> may return before it is done.</summary>
internal unsafe interface IGpu : IDisposable
{
    /// <summary>Its name, as the driver has it.</summary>
    string Name { get; }

    /// <summary>Whether it has double precision.</summary>
    bool HasDouble { get; }

    /// <summary>How many parts of it work on a group of items each (compute units, streaming multiprocessors).</summary>
    int Units { get; }

    /// <summary>The largest buffer, in bytes.</summary>
    long LargestBuffer { get; }

    nint Allocate(nuint bytes);

    void Free(nint buffer);

    /// <summary>Memory of the machine that the device reads and writes by itself, without a copy in between.</summary>
    HostMemory AllocateHost(nuint bytes);

    void Free(HostMemory memory);

    void Upload(nint buffer, nuint offset, void* from, nuint bytes);

    void Download(nint buffer, nuint offset, void* to, nuint bytes);

    void Copy(nint from, nint to, nuint bytes);

    /// <summary>A kernel of <see cref="GpuSource"/>.</summary>
    nint Kernel(string name);

    /// <summary>Runs a kernel over groups of <paramref name="side"/> × <paramref name="rows"/> items.</summary>
    void Launch(nint kernel, int groupsX, int groupsY, int side, int rows, params ReadOnlySpan<GpuArgument> arguments);

    /// <summary>Waits until everything is done.</summary>
    void Finish();
}

/// <summary>Memory of the machine that a device can reach.</summary>
/// <param name="Start">Its address.</param>
/// <param name="Handle">The driver's name for it.</param>
internal unsafe readonly record struct HostMemory(nint Start, nint Handle)
{
    public byte* At(nuint offset) => (byte*)Start + offset;
}

/// <summary>An argument of a kernel: its bytes and how many they are.</summary>
internal readonly record struct GpuArgument(long Bits, int Bytes)
{
    public static GpuArgument Buffer(nint buffer) => new(buffer, sizeof(long));

    public static GpuArgument Of(int value) => new(value, sizeof(int));

    public static GpuArgument Of(float value) => new(BitConverter.SingleToInt32Bits(value), sizeof(float));

    public static GpuArgument Of(double value) => new(BitConverter.DoubleToInt64Bits(value), sizeof(double));
}
