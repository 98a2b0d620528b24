using System.Security.Cryptography;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Contracts.Workloads;

namespace PcBench.ServiceTests.Builders;

/// <summary>Makes valid, signed results; tests then change what they are about.</summary>
internal sealed class ResultBuilder
{
    private static int sequence;

    private readonly int number = Interlocked.Increment(ref sequence);

    public ECDsa Key { get; init; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>How good the machine is: 2 has twice the reference's points in everything.</summary>
    public double Speed { get; init; } = 1;

    public string Cpu { get; init; } = "AMD Ryzen 9 7950X 16-Core Processor";

    public string Vendor { get; init; } = "AMD";

    public int Cores { get; init; } = 16;

    public OsFamily Os { get; init; } = OsFamily.Linux;

    public string? Hypervisor { get; init; }

    public BoardInfo? Board { get; init; } = new() { Vendor = "ASUS", Model = "PRIME B650" };

    public DateTimeOffset MeasuredAt { get; init; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Which workloads were measured; all of them where it is not said.</summary>
    public Func<Workload, bool> Only { get; init; } = _ => true;

    /// <summary>Factor for one workload's samples on top of the speed.</summary>
    public Dictionary<string, double> Factors { get; init; } = [];

    public ResultDocument Document() => new()
    {
        Schema = ResultDocument.CurrentSchema,
        Agent = new AgentInfo { Name = "pcbench", Version = "0.1.0+test", Runtime = ".NET 10.0.12", PublicKey = "" },
        Run = new RunInfo { StartedAt = MeasuredAt, DurationSeconds = 42, Preset = RunPreset.Quick, BudgetSeconds = 60 },
        Machine = new MachineInfo
        {
            Cpu = new CpuInfo
            {
                Vendor = Vendor,
                Model = Cpu,
                Microarchitecture = "Zen 4",
                Sockets = 1,
                Cores = Cores,
                Threads = Cores * 2,
                Caches = [new CacheInfo { Level = 1, Kind = CacheKind.Data, SizeKib = 32, Count = Cores }],
                InstructionSets = ["AVX2"],
            },
            Memory = new MemoryInfo { TotalMib = 65_536, Type = "DDR5", SpeedMts = 6_000, Modules = [] },
            Disks = [new DiskInfo { Model = "Samsung SSD 990 PRO", Kind = DiskKind.Nvme, SizeGib = 1_863 }],
            Gpus = [],
            Board = Board,
            Os = new OsInfo { Family = Os, Name = "Debian GNU/Linux 12 (bookworm)", Kernel = "6.18.5", Architecture = "x64" },
            Hypervisor = Hypervisor,
        },
        Environment = new EnvironmentInfo { Governor = "performance", BusyPercent = 1 },
        Workloads = [.. WorkloadCatalog.Scored.Where(Only).Select(Measured)],
    };

    /// <summary>The exact bytes to submit.</summary>
    public byte[] Signed() => ResultSigner.Sign(Document(), Key);

    /// <summary>The document with its signature.</summary>
    public ResultDocument SignedDocument() => JsonSerializer.Deserialize(Signed(), DocumentJson.Default.ResultDocument)!;

    private WorkloadResult Measured(Workload workload)
    {
        var factor = Speed * Factors.GetValueOrDefault(workload.Id, 1);
        var figure = workload.Better == Better.Higher ? workload.Reference * factor : workload.Reference / factor;
        return new WorkloadResult
        {
            Id = workload.Id,
            Version = workload.Version,
            Unit = workload.Unit,
            Threads = workload.Id.EndsWith(".multi", StringComparison.Ordinal) ? Cores * 2 : 1,

            // No two results have the same samples: their last digits say which result they are of.
            Samples = [.. Enumerable.Range(0, 9).Select(i => figure * (1 - 0.0005 * i) * (1 - 1e-9 * number))],
            Digest = workload.Digest,
        };
    }
}
