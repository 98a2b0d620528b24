using System.Security.Cryptography;
using PcBench.Cli.Workloads;
using PcBench.Cli.Workloads.Shared;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Workloads;

public class KernelTests
{
    private const int ArrayBytes = 4 << 20;

    private static readonly MemoryArrays Arrays = new(ArrayBytes);

    /// <summary>By the part of the id that stands for the work; the rest says on how many threads.</summary>
    private static readonly Dictionary<string, Func<IKernel>> Kernels = new()
    {
        ["compression"] = () => new Compression(),
        ["aes-gcm"] = () => new AesGcmEncryption(),
        ["sha-256"] = () => new Sha256Hashing(),
        ["sort"] = () => new Sorting(),
        ["json"] = () => new JsonProcessing(),
        ["matrix-multiply"] = () => new MatrixMultiply(),
        ["fractal"] = () => new Fractal(),
        ["memory-bandwidth"] = () => new MemoryBandwidth(Arrays, ArrayBytes),
        ["memory-latency"] = () => new MemoryLatency(),
        ["brotli"] = () => new Brotli(),
        ["text-search"] = () => new TextSearch(),
        ["fft"] = () => new Fourier(),
        ["ray-tracing"] = () => new RayTracing(),
        ["n-body"] = () => new NBody(),
        ["four-in-a-row"] = () => new FourInARow(),
        ["fma-fp32"] = () => new PeakFma<float>(),
        ["fma-fp64"] = () => new PeakFma<double>(),
        ["memory-read"] = () => new MemoryTraffic(Traffic.Read, Arrays, ArrayBytes),
        ["memory-write"] = () => new MemoryTraffic(Traffic.Write, Arrays, ArrayBytes),
        ["memory-copy"] = () => new MemoryTraffic(Traffic.Copy, Arrays, ArrayBytes),
        ["memory-latency-curve"] = () => new MemoryLatency(8 << 10),
        ["memory-latency-small-pages"] = () => new MemoryLatency(1 << 20, Pages.Small),
        ["compression.parallel"] = () => new SharedCompression(1).KernelOf(0),
        ["sort.parallel"] = () => new SharedSorting(1).KernelOf(0),
        ["matrix-multiply.parallel"] = () => new SharedMatrixMultiply(1).KernelOf(0),
        ["text-search.parallel"] = () => new SharedTextSearch(1).KernelOf(0),
        ["fft.parallel"] = () => new SharedFourier(1).KernelOf(0),
        ["ray-tracing.parallel"] = () => new SharedRayTracing(1).KernelOf(0),
        ["n-body.parallel"] = () => new SharedNBody(1).KernelOf(0),
    };

    public static TheoryData<string> Names => [.. Kernels.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_workload_gives_the_output_that_the_catalog_has(string name)
    {
        using var kernel = Kernels[name]();
        var digest = WorkloadCatalog.All.First(workload => WorkOf(workload) == name).Digest;

        for (var sample = 0; sample < 2; sample++)
        {
            kernel.Reset();
            kernel.Run().ShouldBeGreaterThan(0);
            Digest(kernel).ShouldBe(digest);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_that_was_not_done_does_not_give_it(string name)
    {
        using var kernel = Kernels[name]();
        kernel.Run();
        var done = Digest(kernel);

        kernel.Reset();

        Digest(kernel).ShouldNotBe(done);
    }

    [Fact]
    public void Every_workload_but_those_of_devices_is_tested_here() =>
        WorkloadCatalog.All.Where(workload => workload.Kind is not (ScoreKind.Storage or ScoreKind.Gpu)).Select(WorkOf).Distinct()
            .ShouldBe(Kernels.Keys, ignoreOrder: true);

    [Fact]
    public void Workloads_that_do_the_same_work_have_the_same_output() =>
        WorkloadCatalog.All.GroupBy(WorkOf).ShouldAllBe(same => same.Select(workload => workload.Digest).Distinct().Count() == 1);

    [Theory]
    [InlineData("memory-bandwidth")]
    [InlineData("memory-read")]
    [InlineData("memory-write")]
    [InlineData("memory-copy")]
    [InlineData("fma-fp32")]
    [InlineData("fma-fp64")]
    public void Every_path_of_a_kernel_gives_the_same(string name)
    {
        using var kernel = (IVariantKernel)Kernels[name]();
        var digests = new HashSet<string>();
        for (kernel.Variant = 0; kernel.Variant < kernel.Variants.Count; kernel.Variant++)
        {
            kernel.Reset();
            kernel.Run();
            digests.Add(Digest(kernel));
        }

        digests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void The_size_of_the_arrays_does_not_show_in_the_output(int mebibytes)
    {
        using var arrays = new MemoryArrays(mebibytes << 20);
        foreach (var traffic in Enum.GetValues<Traffic>())
        {
            using var kernel = new MemoryTraffic(traffic, arrays, mebibytes << 20);
            kernel.Run();
            Digest(kernel).ShouldBe(WorkloadCatalog.Find($"memory-{traffic.ToString().ToLowerInvariant()}.single")!.Digest);
        }

        using var triad = new MemoryBandwidth(arrays, mebibytes << 20);
        triad.Run();
        Digest(triad).ShouldBe(WorkloadCatalog.Find("memory-bandwidth.single")!.Digest);
    }

    private static string WorkOf(Workload workload) =>
        workload.Id.EndsWith(".parallel", StringComparison.Ordinal) ? workload.Id : workload.Id.Split('.')[0];

    internal static string Digest(IKernel kernel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        kernel.AppendOutput(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
