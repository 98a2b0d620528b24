using System.Collections.Frozen;
using System.Globalization;
using PcBench.Cli.Workloads;
using PcBench.Cli.Workloads.Gpu;
using PcBench.Cli.Workloads.Shared;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>The kernels of all chosen workloads on one team, made ready; ends with them.</summary>
internal sealed class MeasurementSet : IDisposable
{
    private static readonly FrozenDictionary<string, (int Runs, Func<IKernel> Kernel)> Processor =
        new Dictionary<string, (int, Func<IKernel>)>
        {
            // Runs: samples of 5 to 25 ms on the reference machine, long against the clock's cost, short against bursts of noise.
            ["compression"] = (4, () => new Compression()),
            ["aes-gcm"] = (4, () => new AesGcmEncryption()),
            ["sha-256"] = (4, () => new Sha256Hashing()),
            ["sort"] = (4, () => new Sorting()),
            ["json"] = (10, () => new JsonProcessing()),
            ["matrix-multiply"] = (4, () => new MatrixMultiply()),
            ["fractal"] = (6, () => new Fractal()),
            ["brotli"] = (2, () => new Brotli()),
            ["text-search"] = (2, () => new TextSearch()),
            ["fft"] = (8, () => new Fourier()),
            ["ray-tracing"] = (1, () => new RayTracing()),
            ["n-body"] = (4, () => new NBody()),
            ["four-in-a-row"] = (1, () => new FourInARow()),
            ["fma-fp32"] = (6, () => new PeakFma<float>()),
            ["fma-fp64"] = (6, () => new PeakFma<double>()),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<int, SharedTask>> OnOneTask = new Dictionary<string, Func<int, SharedTask>>
    {
        ["compression"] = threads => new SharedCompression(threads),
        ["sort"] = threads => new SharedSorting(threads),
        ["matrix-multiply"] = threads => new SharedMatrixMultiply(threads),
        ["text-search"] = threads => new SharedTextSearch(threads),
        ["fft"] = threads => new SharedFourier(threads),
        ["ray-tracing"] = threads => new SharedRayTracing(threads),
        ["n-body"] = threads => new SharedNBody(threads),
    }.ToFrozenDictionary();

    private readonly Dictionary<string, IKernel[]> kernels = [];
    private readonly MemoryArrays?[] arrays;
    private readonly Team team;
    private readonly MemorySizes sizes;
    private readonly StorageFile? storage;
    private readonly GpuDevices gpus;

    public MeasurementSet(Team team, MemorySizes sizes, StorageFile? storage, GpuDevices gpus) =>
        (this.team, this.sizes, this.storage, this.gpus, arrays) = (team, sizes, storage, gpus, new MemoryArrays?[team.Size]);

    /// <summary>Whether a workload means anything here: points of a curve that this machine does not reach do not.</summary>
    public bool Applies(Workload workload) =>
        !(workload.Id.Split('.') is ["memory-bandwidth", var threads] && int.TryParse(threads, out var count) && count >= team.Size);

    /// <summary>Why this machine cannot run a workload; null where it can.</summary>
    public string? Obstacle(Workload workload)
    {
        var walk = workload.Id.StartsWith("memory-latency", StringComparison.Ordinal) ? WalkOf(workload).Bytes : 0;
        if (sizes.Allowance < walk)
            return $"its {walk >> 20} MiB would be over a quarter of the memory, or over half of what is free";
        if (workload.Kind == ScoreKind.Gpu)
        {
            var api = workload.Id[(workload.Id.IndexOf('.') + 1)..];
            return gpus.Obstacle(api) ?? (workload.Id.StartsWith("gpu-fma-fp64.", StringComparison.Ordinal) && !gpus.Open(api).HasDouble
                ? "the graphics processor has no double precision"
                : null);
        }

        return workload.Id.StartsWith("aes-gcm.", StringComparison.Ordinal) && !System.Security.Cryptography.AesGcm.IsSupported
            ? "the system's library has no AES-GCM"
            : null;
    }

    /// <summary>Makes a workload ready, on the threads that will run it.</summary>
    public IMeasurement Prepare(Workload workload)
    {
        var parts = workload.Id.Split('.');
        var (family, mode) = (parts[0], parts.Length > 1 ? parts[1] : "");
        var threads = mode switch
        {
            "multi" or "parallel" => team.Size,
            _ => int.TryParse(mode, out var count) ? count : 1,
        };
        if (mode == "parallel")
            return Shared(OnOneTask[family](threads));
        if (Processor.TryGetValue(family, out var work))
            return Of(family, work.Runs, Share.AsFast, _ => work.Kernel());
        return family switch
        {
            "memory-bandwidth" => Of(workload.Id, 1, Share.Equal, member => new MemoryBandwidth(ArraysOf(member), Bytes())),
            "memory-read" => Of(workload.Id, 1, Share.Equal, member => new MemoryTraffic(Traffic.Read, ArraysOf(member), Bytes())),
            "memory-write" => Of(workload.Id, 1, Share.Equal, member => new MemoryTraffic(Traffic.Write, ArraysOf(member), Bytes())),
            "memory-copy" => Of(workload.Id, 1, Share.Equal, member => new MemoryTraffic(Traffic.Copy, ArraysOf(member), Bytes())),
            "memory-latency" or "memory-latency-curve" or "memory-latency-small-pages" =>
                Of(workload.Id, 1, Share.Equal, _ => new MemoryLatency(WalkOf(workload).Bytes, WalkOf(workload).Pages)),
            "gpu-fma-fp32" => OnGpu(gpu => new GpuPeak<float>(gpu)),
            "gpu-fma-fp64" => OnGpu(gpu => new GpuPeak<double>(gpu)),
            "gpu-matrix-multiply" => OnGpu(gpu => new GpuProduct(gpu)),
            "gpu-copy" => OnGpu(gpu => new GpuCopy(gpu, GpuWay.Within)),
            "gpu-upload" => OnGpu(gpu => new GpuCopy(gpu, GpuWay.Up)),
            "gpu-download" => OnGpu(gpu => new GpuCopy(gpu, GpuWay.Down)),
            _ when workload.Kind == ScoreKind.Storage => OnDisk(file => new Storage(file, StorageAccess.Of(workload.Id))),
            _ => throw new ArgumentException($"{workload.Id} is in the catalog, but there is no work for it.", nameof(workload)),
        };

        TeamMeasurement OnDisk(Func<StorageFile, IKernel> make)
        {
            var file = storage ?? throw new ArgumentException($"{workload.Id} needs a file to measure on.", nameof(workload));
            return Of(workload.Id, 1, Share.Equal, _ => make(file));
        }

        TeamMeasurement OnGpu(Func<IGpu, IKernel> make) => Of(workload.Id, 1, Share.Equal, _ => make(gpus.Open(mode)));

        TeamMeasurement Of(string key, int runs, Share share, Func<int, IKernel> make) =>
            new(workload, team, [.. KernelsOf(key, threads, make)], runs, share);

        TeamMeasurement Shared(SharedTask task) => Of(workload.Id, 1, Share.Equal, task.KernelOf);

        long Bytes() => threads == 1 ? sizes.SingleArray : sizes.ArrayOfEach(threads);
    }

    public void Dispose()
    {
        foreach (var kernel in kernels.Values.SelectMany(made => made))
            kernel?.Dispose();
        foreach (var mine in arrays)
            mine?.Dispose();
    }

    private static (int Bytes, Pages Pages) WalkOf(Workload workload) => workload.Id.Split('.') switch
    {
        [_, var kib] => (int.Parse(kib.TrimEnd('k'), CultureInfo.InvariantCulture) << 10, Pages.Huge),
        ["memory-latency-small-pages"] => (MemoryLatency.Bytes, Pages.Small),
        _ => (MemoryLatency.Bytes, Pages.Huge),
    };

    private MemoryArrays ArraysOf(int member) => arrays[member] ??= new MemoryArrays(sizes.ArrayOf(member, team.Size));

    /// <summary>One thread and all threads share the kernels of a family: what one has warmed up is warm for the other.</summary>
    private IEnumerable<IKernel> KernelsOf(string key, int count, Func<int, IKernel> make)
    {
        if (!kernels.TryGetValue(key, out var made))
            kernels[key] = made = new IKernel[team.Size];
        team.Each(count, member => made[member] ??= make(member));
        return made.Take(count);
    }
}
