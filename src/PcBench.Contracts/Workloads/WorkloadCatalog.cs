using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace PcBench.Contracts.Workloads;

/// <summary>Whether more or less of a unit is the better result.</summary>
[JsonConverter(typeof(CamelCase<Better>))]
public enum Better
{
    /// <summary>A rate.</summary>
    Higher,

    /// <summary>A time.</summary>
    Lower,
}

/// <summary>The scores a machine gets. They are never mixed into one.</summary>
[JsonConverter(typeof(CamelCase<ScoreKind>))]
public enum ScoreKind
{
    /// <summary>One thread.</summary>
    Single,

    /// <summary>All threads, each on a task of its own (throughput).</summary>
    Multi,

    /// <summary>Main memory.</summary>
    Memory,

    /// <summary>The disk that holds the temporary folder.</summary>
    Storage,

    /// <summary>Graphics processors. Not scored yet.</summary>
    Gpu,
}

/// <summary>Which figure stands for a workload's samples.</summary>
[JsonConverter(typeof(CamelCase<FigureRule>))]
public enum FigureRule
{
    /// <summary>Mean of the three best samples that agree within 1 %: noise on a processor only ever slows.</summary>
    AgreedBest,

    /// <summary>Median: a disk's noise has two sides.</summary>
    Median,
}

/// <summary>What is measured: one line of the catalog.</summary>
/// <param name="Id">Id: <c>sort.single</c>.</param>
/// <param name="Version">Version; a change of the work, of its size or of its expected output makes a new one.</param>
/// <param name="Title">Name for people, English.</param>
/// <param name="Unit">Unit of its samples.</param>
/// <param name="Better">Which direction is better.</param>
/// <param name="Kind">The score it counts in, or belongs to.</param>
/// <param name="Weight">Its weight in that score; the weights of a kind add up to 1. 0 where it is measured but not scored.</param>
/// <param name="Reference">The reference machine's figure in <paramref name="Unit"/>: worth 1000 points. 0 where it is not scored.</param>
/// <param name="Figure">Which figure stands for its samples.</param>
/// <param name="Limit">
/// The best that one thread could do, in <paramref name="Unit"/>: for a rate, samples over this times the threads are
/// refused; for a time, samples under it.
/// </param>
/// <param name="Digest">SHA-256 of the right output, lower-case hexadecimal.</param>
public sealed record Workload(
    string Id,
    int Version,
    string Title,
    string Unit,
    Better Better,
    ScoreKind Kind,
    double Weight,
    double Reference,
    FigureRule Figure,
    double Limit,
    string Digest)
{
    /// <summary>Whether it counts in a score and has a board.</summary>
    public bool IsScored => Weight > 0;

    /// <summary>Whether it runs on every thread that the process may use.</summary>
    [JsonIgnore]
    public bool TakesAllThreads => Id.EndsWith(".multi", StringComparison.Ordinal) || Id.EndsWith(".parallel", StringComparison.Ordinal);
}

/// <summary>All workloads of this version, in the order people read them.</summary>
public static partial class WorkloadCatalog
{
    /// <summary>The machine whose figures are worth 1000 points in every score of version 1.</summary>
    public const string ReferenceMachine =
        "reference-1: 2 threads of an AMD EPYC (Zen 4) under KVM, 24 GiB of memory, virtio disk, Debian 12";

    private const double Seventh = 1.0 / 7;

    // Digests: what each workload's work produces on every machine; tests run each workload and hold them.
    private const string Deflate = "dfc397b53820208130378fd1bc6f00d0df52f02ce7612d784a4b16a6736a36a3";
    private const string AesGcm = "24bfa7249fd5a14942c3fdaaa574899c41c837be039ea7a13fa9afbc5f36d3b9";
    private const string Sha256 = "82cd6a21a5408b98e2e2748c1a96c422148fc180bff990276027cff012454ba4";
    private const string Sort = "eb4747f01356d516eeb9bb9818adb07a8d4fb2eaa27fcc1319708f1c0b415030";
    private const string Json = "b7f2ac2062959b54423e80043d3cc912a2d7f561ef4eec81f6b348b418144b0d";
    private const string Matrix = "8fb0e94b25a64c13b7d2e1ea09d93331ecb2b5811c87a32604480956f0126825";
    private const string Fractal = "0db95130ba1cb414e426e1635bf6a578a8f0e78b4ba327a87cd07c35ab024158";
    private const string Bandwidth = "747ab9b67b7f062dd6c4b81593bea0a7a1288f75f77b53991e4a00bc5d3cfffe";
    private const string Latency = "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc";
    private const string Storage = "c4ea77b48b06442261115bcc48592448924bf40a449a0768fb6d818e7bdb2bc4";

    /// <summary>The workloads that the scores are made of; each has a board.</summary>
    public static IReadOnlyList<Workload> Scored { get; } =
    [
        Cpu("compression.single", "Compression (Deflate), one thread", "MB/s", ScoreKind.Single, 84.5, 2_000, Deflate),
        Cpu("aes-gcm.single", "AES-256-GCM, one thread", "GB/s", ScoreKind.Single, 4.52, 100, AesGcm),
        Cpu("sha-256.single", "SHA-256, one thread", "GB/s", ScoreKind.Single, 1.81, 50, Sha256),
        Cpu("sort.single", "Sorting, one thread", "Melements/s", ScoreKind.Single, 21.5, 2_000, Sort),
        Cpu("json.single", "JSON, one thread", "MB/s", ScoreKind.Single, 225, 20_000, Json),
        Cpu("matrix-multiply.single", "Matrix product (FP32), one thread", "GFLOPS", ScoreKind.Single, 105, 2_000, Matrix),
        Cpu("fractal.single", "Fractal rendering (SIMD), one thread", "Mpixels/s", ScoreKind.Single, 64.6, 20_000, Fractal),

        Cpu("compression.multi", "Compression (Deflate), all threads", "MB/s", ScoreKind.Multi, 169, 2_000, Deflate),
        Cpu("aes-gcm.multi", "AES-256-GCM, all threads", "GB/s", ScoreKind.Multi, 8.99, 100, AesGcm),
        Cpu("sha-256.multi", "SHA-256, all threads", "GB/s", ScoreKind.Multi, 3.61, 50, Sha256),
        Cpu("sort.multi", "Sorting, all threads", "Melements/s", ScoreKind.Multi, 42.7, 2_000, Sort),
        Cpu("json.multi", "JSON, all threads", "MB/s", ScoreKind.Multi, 435, 20_000, Json),
        Cpu("matrix-multiply.multi", "Matrix product (FP32), all threads", "GFLOPS", ScoreKind.Multi, 209, 2_000, Matrix),
        Cpu("fractal.multi", "Fractal rendering (SIMD), all threads", "Mpixels/s", ScoreKind.Multi, 128, 20_000, Fractal),

        new("memory-bandwidth.single", 1, "Memory bandwidth (triad), one thread", "GB/s", Better.Higher, ScoreKind.Memory, 0.2, 42.9, FigureRule.AgreedBest, 500, Bandwidth),
        new("memory-bandwidth.multi", 1, "Memory bandwidth (triad), all threads", "GB/s", Better.Higher, ScoreKind.Memory, 0.4, 76, FigureRule.AgreedBest, 500, Bandwidth),
        new("memory-latency", 1, "Memory latency (256 MiB)", "ns", Better.Lower, ScoreKind.Memory, 0.4, 168, FigureRule.AgreedBest, 5, Latency),

        Disk("storage-read-sequential", "Storage, sequential read (1 MiB)", "MB/s", 1_790, 100_000),
        Disk("storage-write-sequential", "Storage, sequential write (1 MiB)", "MB/s", 3_690, 100_000),
        Disk("storage-read-random", "Storage, random read (4 KiB)", "IOPS", 19_100, 5_000_000),
        Disk("storage-write-random", "Storage, random write (4 KiB)", "IOPS", 20_200, 5_000_000),
    ];

    /// <summary>Every workload: the scored ones first, then those that show what is behind them.</summary>
    public static IReadOnlyList<Workload> All { get; } = [.. Scored, .. Unscored()];

    /// <summary>The kinds that have a score.</summary>
    public static IReadOnlyList<ScoreKind> ScoredKinds { get; } = [.. Scored.Select(workload => workload.Kind).Distinct()];

    private static readonly FrozenDictionary<string, Workload> ById = All.ToFrozenDictionary(workload => workload.Id);

    /// <summary>The workload with this id, or null.</summary>
    public static Workload? Find(string id) => ById.GetValueOrDefault(id);

    private static Workload Cpu(string id, string title, string unit, ScoreKind kind, double reference, double limit, string digest) =>
        new(id, 1, title, unit, Better.Higher, kind, Seventh, reference, FigureRule.AgreedBest, limit, digest);

    private static Workload Disk(string id, string title, string unit, double reference, double limit) =>
        new(id, 1, title, unit, Better.Higher, ScoreKind.Storage, 0.25, reference, FigureRule.Median, limit, Storage);
}
