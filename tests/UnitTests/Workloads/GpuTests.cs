using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PcBench.Cli.Workloads;
using PcBench.Cli.Workloads.Gpu;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Workloads;

/// <summary>On whatever OpenCL shows: PoCL runs the kernels on the processor.</summary>
public sealed class GpuTests : IDisposable
{
    private static readonly Dictionary<string, Func<IGpu, GpuWork>> Works = new()
    {
        ["gpu-fma-fp32"] = gpu => new GpuPeak<float>(gpu),
        ["gpu-fma-fp64"] = gpu => new GpuPeak<double>(gpu),
        ["gpu-matrix-multiply"] = gpu => new GpuProduct(gpu),
        ["gpu-copy"] = gpu => new GpuCopy(gpu, GpuWay.Within),
        ["gpu-upload"] = gpu => new GpuCopy(gpu, GpuWay.Up),
        ["gpu-download"] = gpu => new GpuCopy(gpu, GpuWay.Down),
    };

    private readonly GpuDevices devices = new(anyDevice: true);

    public static TheoryData<string> Names => [.. Works.Keys];

    public void Dispose() => devices.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_device_gives_the_output_that_the_catalog_has_and_only_by_working(string name)
    {
        using var work = Works[name](Device());
        var digest = WorkloadCatalog.Find($"{name}.opencl")!.Digest;
        for (var sample = 0; sample < 2; sample++)
        {
            work.Reset();
            Digest(work).ShouldNotBe(digest);

            work.Run().ShouldBeGreaterThan(0);

            Digest(work).ShouldBe(digest);
        }
    }

    [Fact]
    public void The_product_is_that_of_the_plain_loop()
    {
        const int N = 1024;
        using var left = MatrixPanels.Random(N, 26);
        using var right = MatrixPanels.Random(N, 27);
        var product = new float[N * N];
        for (var row = 0; row < N; row++)
        {
            var sums = product.AsSpan(row * N, N);
            for (var k = 0; k < N; k++)
            {
                var factor = left.Span<float>()[row * N + k];
                var others = right.Span<float>().Slice(k * N, N);
                for (var column = 0; column < N; column++)
                    sums[column] += factor * others[column];
            }
        }

        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(product.AsSpan()))).ShouldBe(WorkloadCatalog.Find("gpu-matrix-multiply.cuda")!.Digest);
    }

    [Fact]
    public void Every_workload_of_graphics_processors_is_tested_here() =>
        WorkloadCatalog.All.Where(workload => workload.Kind == ScoreKind.Gpu).Select(workload => workload.Id.Split('.')[0]).Distinct().ShouldBe(Works.Keys, ignoreOrder: true);

    [Fact]
    public void Cuda_does_the_same_work() =>
        WorkloadCatalog.All.Where(workload => workload.Kind == ScoreKind.Gpu).GroupBy(workload => workload.Id.Split('.')[0])
            .ShouldAllBe(same => same.Count() == 2 && same.Select(workload => workload.Digest).Distinct().Count() == 1);

    [Fact]
    public void The_assembler_text_has_every_kernel()
    {
        var text = System.Text.Encoding.ASCII.GetString(GpuSource.Ptx);

        foreach (var kernel in (string[])["count32", "count64", "multiply"])
            text.ShouldContain($".entry {kernel}(");
    }

    [Fact]
    public void A_device_that_is_not_there_is_named()
    {
        if (devices.Obstacle(GpuLibraries.Cuda) is not { } obstacle)
        {
            devices.Open(GpuLibraries.Cuda).Name.ShouldNotBeEmpty();
            return;
        }

        obstacle.ShouldContain("NVIDIA");
        Should.Throw<InvalidOperationException>(() => devices.Open(GpuLibraries.Cuda)).Message.ShouldBe(obstacle);
    }

    private IGpu Device()
    {
        if (devices.Obstacle(GpuLibraries.OpenCl) is not { } obstacle)
            return devices.Open(GpuLibraries.OpenCl);
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{obstacle}: install pocl-opencl-icd.");
        Assert.Skip($"{obstacle}: pocl-opencl-icd is not installed.");
        return null!;
    }

    private static string Digest(GpuWork work)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        work.AppendOutput(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
