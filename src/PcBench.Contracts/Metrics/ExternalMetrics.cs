using System.Collections.Frozen;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Metrics;

/// <summary>
/// The figures of other benchmarks that have a name here, so that importers, tables and models mean the same by it. They are
/// never mixed with PcBench's own workloads. PassMark's two kinds differ: <c>passmark11.*</c> is one run of PerformanceTest 11 for
/// Linux, <c>passmark-chart.*</c> an average of its public charts.
/// </summary>
public static class ExternalMetrics
{
    private static readonly string[] Ciphers =
        ["sha256", "sha512", "sha3-256", "sha3-512", "blake2b512", "shake128", "shake256", "aes-256-cbc", "aria-256-cbc", "camellia-256-cbc", "sm4-cbc"];

    private static readonly string[] Compressors =
        ["gzip-l5-1t", "bzip2-l9-1t", "lzma-l1-1t", "brotli-l4-1t", "zstd-l1-1t", "zstd-l7-1t", "lz4-l1-1t", "zstd-l1-nt", "zstd-l7-nt"];

    private static readonly string[] Ways = ["compress", "decompress"];
    private static readonly string[] Parts = ["Integer", "Float"];

    /// <summary>Subtests of Geekbench 6, as its documents name them.</summary>
    public static IReadOnlyList<string> GeekbenchSubtests { get; } =
    [
        "File Compression", "Navigation", "HTML5 Browser", "PDF Renderer", "Photo Library", "Clang", "Text Processing", "Asset Compression",
        "Object Detection", "Background Blur", "Horizon Detection", "Object Remover", "HDR", "Photo Filter", "Ray Tracer", "Structure from Motion",
    ];

    /// <summary>Every metric.</summary>
    public static IReadOnlyList<ExternalMetric> All { get; } =
    [
        .. Geekbench("single", "single-core"),
        .. Geekbench("multi", "multi-core"),

        PassMark("cpu-mark", "passmark_cpu_mark", "CPU Mark", "points"),
        PassMark("memory-mark", "passmark_memory_mark", "Memory Mark", "points"),
        PassMark("single-thread", "passmark_single_thread_mops_s", "single thread", "Mops/s"),
        PassMark("integer-math", "passmark_integer_math_mops_s", "integer math", "Mops/s"),
        PassMark("float-math", "passmark_float_math_mops_s", "floating-point math", "Mops/s"),
        PassMark("prime", "passmark_prime_mprimes_s", "prime numbers", "Mprimes/s"),
        PassMark("sorting", "passmark_sorting_kstrings_s", "sorting", "kstrings/s"),
        PassMark("encryption", "passmark_encryption_mb_s", "encryption", "MB/s"),
        PassMark("compression", "passmark_compression_kb_s", "compression", "KB/s"),
        PassMark("physics", "passmark_physics_frames_s", "physics", "frames/s"),
        PassMark("extended-instructions", "passmark_extended_instructions_mmatrices_s", "extended instructions", "Mmatrices/s"),
        PassMark("memory.database", "passmark_mem_database_kops_s", "memory, database", "kops/s"),
        PassMark("memory.read-cached", "passmark_mem_read_cached_mb_s", "memory, cached read", "MB/s"),
        PassMark("memory.read-uncached", "passmark_mem_read_uncached_mb_s", "memory, uncached read", "MB/s"),
        PassMark("memory.write", "passmark_mem_write_mb_s", "memory, write", "MB/s"),
        PassMark("memory.available", "passmark_mem_available_mb", "memory, available", "MB"),
        PassMark("memory.latency", "passmark_mem_latency_ns", "memory, latency", "ns", Better.Lower),
        PassMark("memory.threaded", "passmark_mem_threaded_mb_s", "memory, all threads", "MB/s"),

        new("passmark-chart.cpu-mark", "cpu_mark", "PassMark charts, CPU Mark", "points"),
        new("passmark-chart.single-thread", "single_thread_mark", "PassMark charts, single thread", "Mops/s"),

        BwMem("read", "bw_mem_read_mb_s", "read"),
        BwMem("write", "bw_mem_write_mb_s", "write"),
        BwMem("read-write", "bw_mem_readwrite_mb_s", "read and write back"),
        BwMem("read-16kb", "bw_mem_read_16kb_mb_s", "read of 16 KiB"),
        BwMem("read-1mib", "bw_mem_read_1mib_mb_s", "read of 1 MiB"),
        BwMem("read-16mib", "bw_mem_read_16mib_mb_s", "read of 16 MiB"),

        new("membench.read", "membench_read_mb_s", "membench, read", "MB/s"),
        new("membench.write", "membench_write_mb_s", "membench, write", "MB/s"),
        new("membench.copy", "membench_copy_mb_s", "membench, copy", "MB/s"),
        new("membench.latency", "membench_latency_ns", "membench, latency", "ns", Better.Lower),

        .. from name in Ciphers
           select new ExternalMetric($"openssl3.{name}", $"openssl_{name.Replace('-', '_')}_16kib_mb_s", $"OpenSSL 3, {name}", "MB/s"),

        .. from name in Compressors
           from way in Ways
           select new ExternalMetric($"compression.{name}.{way}", $"comp_{name.Replace('-', '_')}_{way}_mb_s", $"Compression, {name}, {way}", "MB/s"),

        new("stress-ng.div16.single", "stressng_div16_single_bogo_ops_s", "stress-ng div16, one worker", "bogo ops/s"),
        new("stress-ng.div16.best", "stressng_div16_best_multi_bogo_ops_s", "stress-ng div16, best", "bogo ops/s"),
        new("stress-ng.div16.multi", "stressng_div16_all_threads_bogo_ops_s", "stress-ng div16, all threads", "bogo ops/s"),
        new("redis.set", "redis_set_best_rps", "Redis SET", "requests/s"),
        new("static-web.1k", "static_web_1k_best_rps", "Static web, 1 kB", "requests/s"),
        new("static-web.512k", "static_web_512k_best_rps", "Static web, 512 kB", "requests/s"),
    ];

    private static readonly FrozenDictionary<string, ExternalMetric> ById = All.ToFrozenDictionary(metric => metric.Id);
    private static readonly FrozenDictionary<string, ExternalMetric> ByColumn = All.ToFrozenDictionary(metric => metric.Column);

    /// <summary>The metric with this id, or null.</summary>
    public static ExternalMetric? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The metric that stands in this column of a table of machines, or null.</summary>
    public static ExternalMetric? OfColumn(string column) => ByColumn.GetValueOrDefault(column);

    private static IEnumerable<ExternalMetric> Geekbench(string kind, string title) =>
    [
        new($"geekbench6.{kind}", $"geekbench_{kind}", $"Geekbench 6, {title}", "points"),
        .. from part in Parts.Concat(GeekbenchSubtests)
           let name = part.ToLowerInvariant()
           select new ExternalMetric($"geekbench6.{kind}.{name.Replace(' ', '-')}", $"geekbench_{kind}_{name.Replace(' ', '_')}", $"Geekbench 6, {title}, {part}", "points"),
    ];

    private static ExternalMetric PassMark(string id, string column, string title, string unit, Better better = Better.Higher) =>
        new($"passmark11.{id}", column, $"PassMark 11, {title}", unit, better);

    private static ExternalMetric BwMem(string id, string column, string title) => new($"bw-mem.{id}", column, $"bw_mem, {title}", "MB/s");
}
