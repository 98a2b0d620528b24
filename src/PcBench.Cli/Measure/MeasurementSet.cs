using System.Collections.Frozen;
using PcBench.Cli.Workloads;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>The kernels of all chosen workloads on one team, made ready; ends with them.</summary>
internal sealed class MeasurementSet : IDisposable
{
    private static readonly FrozenDictionary<string, (int Runs, Func<IKernel> Kernel)> Processor =
        new Dictionary<string, (int, Func<IKernel>)>
        {
            // Runs: samples of 10 to 25 ms on the reference machine, long against the clock's cost, short against bursts of noise.
            ["compression"] = (4, () => new Compression()),
            ["aes-gcm"] = (4, () => new AesGcmEncryption()),
            ["sha-256"] = (4, () => new Sha256Hashing()),
            ["sort"] = (4, () => new Sorting()),
            ["json"] = (10, () => new JsonProcessing()),
            ["matrix-multiply"] = (4, () => new MatrixMultiply()),
            ["fractal"] = (6, () => new Fractal()),
        }.ToFrozenDictionary();

    private readonly Dictionary<string, IKernel[]> kernels = [];
    private readonly Team team;
    private readonly MemorySizes sizes;
    private readonly StorageFile? storage;

    public MeasurementSet(Team team, MemorySizes sizes, StorageFile? storage) =>
        (this.team, this.sizes, this.storage) = (team, sizes, storage);

    /// <summary>Why this machine cannot run a workload; null where it can.</summary>
    public string? Obstacle(Workload workload)
    {
        if (workload.Id == "memory-latency" && sizes.Allowance < MemoryLatency.Bytes)
            return $"its {MemoryLatency.Bytes >> 20} MiB would be over a quarter of the memory, or over half of what is free";
        return workload.Id.StartsWith("aes-gcm.", StringComparison.Ordinal) && !System.Security.Cryptography.AesGcm.IsSupported
            ? "the system's library has no AES-GCM"
            : null;
    }

    /// <summary>Makes a workload ready, on the threads that will run it.</summary>
    public IMeasurement Prepare(Workload workload)
    {
        var (name, threads) = workload.Id.Split('.') is [var family, "multi"] ? (family, team.Size) : (workload.Id.Split('.')[0], 1);
        if (Processor.TryGetValue(name, out var work))
            return Of(name, threads, work.Runs, Share.AsFast, work.Kernel);
        return workload.Id switch
        {
            "memory-bandwidth.single" => Of(workload.Id, threads, 1, Share.Equal, () => new MemoryBandwidth(sizes.SingleArray)),
            "memory-bandwidth.multi" => Of(workload.Id, threads, 1, Share.Equal, () => new MemoryBandwidth(sizes.ArrayOfEach(threads))),
            "memory-latency" => Of(workload.Id, threads, 1, Share.Equal, () => new MemoryLatency()),
            "storage-read-sequential" => OnDisk(new StorageAccess(Write: false, Random: false)),
            "storage-write-sequential" => OnDisk(new StorageAccess(Write: true, Random: false)),
            "storage-read-random" => OnDisk(new StorageAccess(Write: false, Random: true)),
            "storage-write-random" => OnDisk(new StorageAccess(Write: true, Random: true)),
            _ => throw new ArgumentException($"{workload.Id} is in the catalog, but there is no work for it.", nameof(workload)),
        };

        TeamMeasurement OnDisk(StorageAccess access)
        {
            var file = storage ?? throw new ArgumentException($"{workload.Id} needs a file to measure on.", nameof(workload));
            return Of(workload.Id, threads, 1, Share.Equal, () => new Storage(file, access));
        }

        TeamMeasurement Of(string key, int count, int runs, Share share, Func<IKernel> make) =>
            new(workload, team, [.. KernelsOf(key, count, make)], runs, share);
    }

    public void Dispose()
    {
        foreach (var kernel in kernels.Values.SelectMany(made => made))
            kernel?.Dispose();
    }

    /// <summary>One thread and all threads share the kernels of a family: what one has warmed up is warm for the other.</summary>
    private IEnumerable<IKernel> KernelsOf(string key, int count, Func<IKernel> make)
    {
        if (!kernels.TryGetValue(key, out var made))
            kernels[key] = made = new IKernel[team.Size];
        team.Each(count, member => made[member] ??= make());
        return made.Take(count);
    }
}
