using System.Security.Cryptography;
using PcBench.Cli.Workloads;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Workloads;

public class KernelTests
{
    private static readonly Dictionary<string, Func<IKernel>> Kernels = new()
    {
        ["compression"] = () => new Compression(),
        ["aes-gcm"] = () => new AesGcmEncryption(),
        ["sha-256"] = () => new Sha256Hashing(),
        ["sort"] = () => new Sorting(),
        ["json"] = () => new JsonProcessing(),
        ["matrix-multiply"] = () => new MatrixMultiply(),
        ["fractal"] = () => new Fractal(),
        ["memory-bandwidth"] = () => new MemoryBandwidth(4 << 20),
        ["memory-latency"] = () => new MemoryLatency(),
    };

    public static TheoryData<string> Names => [.. Kernels.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_workload_gives_the_output_that_the_catalog_has(string name)
    {
        using var kernel = Kernels[name]();
        var digest = WorkloadCatalog.All.First(workload => workload.Id.Split('.')[0] == name).Digest;

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
    public void Every_workload_but_storage_is_tested_here() =>
        WorkloadCatalog.All.Where(workload => workload.Kind != ScoreKind.Storage).Select(workload => workload.Id.Split('.')[0]).Distinct()
            .ShouldBe(Kernels.Keys, ignoreOrder: true);

    [Fact]
    public void Every_path_of_the_bandwidth_kernel_gives_the_same()
    {
        using var kernel = new MemoryBandwidth(1 << 20);
        var digests = new HashSet<string>();
        for (kernel.Variant = 0; kernel.Variant < kernel.Variants.Count; kernel.Variant++)
        {
            kernel.Reset();
            kernel.Run();
            digests.Add(Digest(kernel));
        }

        digests.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_size_of_the_bandwidth_arrays_does_not_show_in_the_output()
    {
        using var small = new MemoryBandwidth(1 << 20);
        using var large = new MemoryBandwidth(8 << 20);
        small.Run();
        large.Run();

        Digest(small).ShouldBe(Digest(large));
    }

    internal static string Digest(IKernel kernel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        kernel.AppendOutput(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
