using PcBench.Backend.Features.Submissions;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Bench;

/// <summary>
/// Results of machines that do not exist but could: CPU models of a handful of vendors, popular ones measured more often
/// than rare ones, speeds spread log-normally around each model's own. The same seed gives the same results.
/// </summary>
internal sealed class SyntheticResults(int seed)
{
    private const int Models = 400;
    private static readonly string[] Vendors = ["AMD", "Intel", "Intel", "Apple", "Ampere"];
    private static readonly byte[] NoBody = [0x1f, 0x8b];

    private readonly Random random = new(seed);

    public IEnumerable<NewResult> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    private NewResult Next()
    {
        // The square of a uniform number: the first models are measured far more often than the last.
        var model = (int)(Models * Math.Pow(random.NextDouble(), 2));
        var cores = 1 << (1 + model % 6);
        var speed = 0.4 + 2.5 * (model * 37 % Models) / Models;
        var machine = MachineOf(model, cores);
        var measuredAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(25_000_000));
        var values = Board.ValuesOf([.. WorkloadCatalog.All.Select(workload => Measured(workload, speed, cores))]);
        return new NewResult(
            Id(), Bytes(91), Bytes(32), Visibility.Public, measuredAt.AddMinutes(1), measuredAt, machine, [.. values], NoBody);
    }

    private WorkloadResult Measured(Workload workload, double speed, int cores)
    {
        var factor = speed * Math.Exp(0.08 * Normal()) * (workload.Kind == ScoreKind.Multi ? cores / 2.0 : 1);
        var figure = workload.Better == Better.Higher ? workload.Reference * factor : workload.Reference / factor;
        return new WorkloadResult
        {
            Id = workload.Id,
            Version = workload.Version,
            Unit = workload.Unit,
            Threads = 1,
            Digest = workload.Digest,
            Samples = [.. Enumerable.Range(0, 9).Select(i => figure * (1 - 0.002 * i))],
        };
    }

    private MachineInfo MachineOf(int model, int cores) => new()
    {
        Cpu = new CpuInfo
        {
            Vendor = Vendors[model % Vendors.Length],
            Model = $"{Vendors[model % Vendors.Length]} Synthetic {1000 + model}",
            Sockets = 1,
            Cores = cores,
            Threads = cores * 2,
            Caches = [],
            InstructionSets = [],
        },
        Memory = new MemoryInfo { TotalMib = 16_384, Modules = [] },
        Disks = [],
        Gpus = [],
        Os = new OsInfo { Family = (OsFamily)(model % 3), Name = "Synthetic", Architecture = "x64" },
        Hypervisor = random.Next(3) == 0 ? "KVM" : null,
    };

    private string Id() => string.Create(20, random, static (id, random) => random.GetItems("0123456789abcdefghjkmnpqrstvwxyz", id));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
