using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>Product of matrices of 1,024 × 1,024 in tiles of 64 × 64; whole numbers, so that every order of summing gives the same.</summary>
internal sealed unsafe class GpuProduct : GpuWork
{
    private const int N = 1024;
    private const int Tile = 64;
    private const int Side = 16;
    private const nuint Bytes = N * N * sizeof(float);

    private readonly NativeBuffer host = new(Bytes);
    private readonly nint a;
    private readonly nint b;
    private readonly nint c;
    private readonly nint kernel;

    public GpuProduct(IGpu gpu)
        : base(gpu)
    {
        (a, b, c) = (Matrix(26), Matrix(27), gpu.Allocate(Bytes));
        kernel = gpu.Kernel("multiply");
    }

    public override void Reset()
    {
        host.Span<byte>().Clear();
        Gpu.Upload(c, 0, host.As<byte>(), Bytes);
    }

    public override void AppendOutput(IncrementalHash hash)
    {
        Gpu.Download(c, 0, host.As<byte>(), Bytes);
        hash.AppendData(host.Span<byte>()[..(int)Bytes]);
    }

    public override void Dispose()
    {
        foreach (var buffer in (nint[])[a, b, c])
            Gpu.Free(buffer);
        host.Dispose();
    }

    protected override double Launch()
    {
        Gpu.Launch(kernel, N / Tile, N / Tile, Side, Side, GpuArgument.Buffer(a), GpuArgument.Buffer(b), GpuArgument.Buffer(c), GpuArgument.Of(N));
        return 2.0 * N * N * N / 1e9;
    }

    private nint Matrix(ulong seed)
    {
        using var matrix = MatrixPanels.Random(N, seed);
        var buffer = Gpu.Allocate(Bytes);
        Gpu.Upload(buffer, 0, matrix.As<byte>(), Bytes);
        return buffer;
    }
}
