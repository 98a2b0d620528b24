namespace PcBench.Contracts.Workloads;

/// <summary>What is measured beside the scored workloads: no weight, no reference, no board.</summary>
public static partial class WorkloadCatalog
{
    /// <summary>Working sets of the latency curve, in KiB: each cache of common processors has some points inside and some outside.</summary>
    public static IReadOnlyList<int> LatencyCurveKib => [.. Enumerable.Range(3, 15).Select(power => 1 << power)];

    /// <summary>Numbers of threads of the bandwidth curve, between one and all.</summary>
    public static IReadOnlyList<int> BandwidthCurveThreads => [2, 4, 8, 16, 32, 64, 128, 256];

    private static IEnumerable<Workload> Unscored() =>
    [
        .. OneAndAll("brotli", "Compression (Brotli)", "MB/s", 1_000, "e24760fcd9a867b3c4d33253e11b7d8681a35ddcad8a2fc2cf7baa081123eb56"),
        .. OneAndAll("text-search", "Text search (regular expression)", "MB/s", 20_000, "e9fb8072921e3205e2989a484aede647209644b667150039b3dfa28dfc31d796"),
        .. OneAndAll("fft", "Fourier transform (FP64)", "GFLOPS", 500, "e5398c4566f3cb0813c563d65c31896aa5b7d298c6f39890f476ce9389d8f30a"),
        .. OneAndAll("ray-tracing", "Ray tracing (FP64)", "Mpixels/s", 500, "007436a12652c61403445077535a4fcc7c443bd8b72e0157673afac3112965cc"),
        .. OneAndAll("n-body", "N-body (FP64)", "Minteractions/s", 20_000, "19eace76d0b6fcf101de7043cfb96a7de64e5855ed42aa11b9b912e89df9be86"),
        .. OneAndAll("four-in-a-row", "Game search (branches)", "Mpositions/s", 2_000, "e60ea7123ec40240d85cd3f44c30b3d3ab3d684e34d2d3f33f9171235bed5dcc"),
        .. OneAndAll("fma-fp32", "Peak arithmetic (FP32)", "GFLOPS", 2_000, "a3ce279d410e44a2ff85d8b5479a1746bccb3cdb4c4e5e8f05e6315313d80ba0"),
        .. OneAndAll("fma-fp64", "Peak arithmetic (FP64)", "GFLOPS", 1_000, "1f3d65a8d4f20484b99bbfb7ab27db034666d43ee3931afc364c6680ad284468"),

        Shared("compression", "Compression (Deflate)", "MB/s", 2_000, "068f349b3f5bbd9e0032f6ecd10411c780b7de63341277fabed69c663ca0a050"),
        Shared("sort", "Sorting", "Melements/s", 2_000, "ce174e15097bfdea9a5813987592e5506f16887634f912076880c073edd5cd4d"),
        Shared("matrix-multiply", "Matrix product (FP32)", "GFLOPS", 2_000, "dcac6f9b8cde0da12f6905ed53f9fd34d28361857d5327ba215270ad93ce58d5"),
        Shared("text-search", "Text search (regular expression)", "MB/s", 20_000, "8a7a315c0ba4a3005f1eedff2f8b6eaff2efdd48465d82ae6590396bf9607fef"),
        Shared("fft", "Fourier transform (FP64)", "GFLOPS", 500, "f353614c64b3fa118487efdb2e7da67a774b803f9c56119ddb5577c514a85d36"),
        Shared("ray-tracing", "Ray tracing (FP64)", "Mpixels/s", 500, "007436a12652c61403445077535a4fcc7c443bd8b72e0157673afac3112965cc"),
        Shared("n-body", "N-body (FP64)", "Minteractions/s", 20_000, "971b551a787cff5cdcc059fb785a9957976c6614251f775831abf00b1d4b5443"),

        .. OneAndAll("memory-read", "Memory bandwidth (read)", "GB/s", 1_000, "25b924cbc10790246206176a6efb62456cd157beac8cf506947e2f88ac1f1f6c", ScoreKind.Memory),
        .. OneAndAll("memory-write", "Memory bandwidth (write)", "GB/s", 1_000, "5cf2d641d98bcb8c2a6d14477ef41a40467a7836471a164266a2ff250b0fa26e", ScoreKind.Memory),
        .. OneAndAll("memory-copy", "Memory bandwidth (copy)", "GB/s", 1_000, "c66d921ccd15d2793bc0ac2ba30586c50b6667d63e004121001c77135ee96eec", ScoreKind.Memory),
        .. BandwidthCurveThreads.Select(threads =>
            Of($"memory-bandwidth.{threads}", $"Memory bandwidth (triad), {threads} threads", "GB/s", ScoreKind.Memory, 500, Bandwidth)),
        .. LatencyCurveKib.Select(kib =>
            Of($"memory-latency-curve.{kib}k", $"Latency, working set of {Size(kib)}", "ns", ScoreKind.Memory, 0.1, Latency, Better.Lower)),
        Of("memory-latency-small-pages", "Memory latency (256 MiB, small pages)", "ns", ScoreKind.Memory, 5, Latency, Better.Lower),

        Deep("storage-read-sequential", "Storage, sequential read (1 MiB), 32 at a time", "MB/s", 100_000),
        Deep("storage-write-sequential", "Storage, sequential write (1 MiB), 32 at a time", "MB/s", 100_000),
        Deep("storage-read-random", "Storage, random read (4 KiB), 32 at a time", "IOPS", 50_000_000),
        Deep("storage-write-random", "Storage, random write (4 KiB), 32 at a time", "IOPS", 50_000_000),
        Of("storage-sync", "Storage, write and sync (4 KiB)", "µs", ScoreKind.Storage, 0.5, Storage, Better.Lower) with { Figure = FigureRule.Median },

        .. OnGpu("gpu-fma-fp32", "GPU, peak arithmetic (FP32)", "GFLOPS", 10_000_000, "03a88c8867b3fbcfeefc3270af46afbeb74a27e12cad758e188154cb4aa923dc"),
        .. OnGpu("gpu-fma-fp64", "GPU, peak arithmetic (FP64)", "GFLOPS", 10_000_000, "eb89417ee201ab20c91e0a7a9e6e492cbacf22dd9bca8cb18b61dfc6505eeae7"),
        .. OnGpu("gpu-matrix-multiply", "GPU, matrix product (FP32)", "GFLOPS", 10_000_000, "1b71f560cca7a0cb3c74f169189f8a6c43a4d5c274b505613e386a1dc30ec149"),
        .. OnGpu("gpu-copy", "GPU, copy within its memory", "GB/s", 100_000, "b94bea562c94c1b0e875f3b22a12f5c498fa3c9c54f3da17b81045f34fc1b30e"),
        .. OnGpu("gpu-upload", "GPU, copy to its memory", "GB/s", 10_000, "b94bea562c94c1b0e875f3b22a12f5c498fa3c9c54f3da17b81045f34fc1b30e"),
        .. OnGpu("gpu-download", "GPU, copy from its memory", "GB/s", 10_000, "b94bea562c94c1b0e875f3b22a12f5c498fa3c9c54f3da17b81045f34fc1b30e"),
    ];

    private static IEnumerable<Workload> OneAndAll(string id, string title, string unit, double limit, string digest, ScoreKind? kind = null) =>
    [
        Of($"{id}.single", $"{title}, one thread", unit, kind ?? ScoreKind.Single, limit, digest),
        Of($"{id}.multi", $"{title}, all threads", unit, kind ?? ScoreKind.Multi, limit, digest),
    ];

    private static Workload Shared(string id, string title, string unit, double limit, string digest) =>
        Of($"{id}.parallel", $"{title}, all threads on one task", unit, ScoreKind.Multi, limit, digest);

    private static IEnumerable<Workload> OnGpu(string id, string title, string unit, double limit, string digest) =>
    [
        Of($"{id}.opencl", $"{title}, OpenCL", unit, ScoreKind.Gpu, limit, digest),
        Of($"{id}.cuda", $"{title}, CUDA", unit, ScoreKind.Gpu, limit, digest),
    ];

    private static Workload Deep(string id, string title, string unit, double limit) =>
        Of($"{id}.qd32", title, unit, ScoreKind.Storage, limit, Storage) with { Figure = FigureRule.Median };

    private static Workload Of(string id, string title, string unit, ScoreKind kind, double limit, string digest, Better better = Better.Higher) =>
        new(id, 1, title, unit, better, kind, Weight: 0, Reference: 0, FigureRule.AgreedBest, limit, digest);

    private static string Size(int kib) => kib < 1024 ? $"{kib} KiB" : $"{kib / 1024} MiB";
}
