using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.WebTests;

/// <summary>Made-up results that all pages can show.</summary>
internal static class Sample
{
    public static ResultDocument Document(string cpu = "AMD Ryzen 9 7950X 16-Core Processor", double speed = 1.5) => new()
    {
        Schema = ResultDocument.CurrentSchema,
        Agent = new AgentInfo { Name = "pcbench", Version = "0.1.0", Runtime = ".NET 10", PublicKey = "" },
        Run = new RunInfo { StartedAt = new DateTimeOffset(2026, 11, 22, 20, 6, 0, TimeSpan.Zero), DurationSeconds = 72, Preset = RunPreset.Quick, BudgetSeconds = 60 },
        Machine = new MachineInfo
        {
            Cpu = new CpuInfo { Vendor = "AMD", Model = cpu, Sockets = 1, Cores = 16, Threads = 32, Caches = [], InstructionSets = ["AVX2"] },
            Memory = new MemoryInfo { TotalMib = 65536, Modules = [] },
            Disks = [],
            Gpus = [],
            Os = new OsInfo { Family = OsFamily.Linux, Name = "Debian 12", Architecture = "x64" },
        },
        Environment = new EnvironmentInfo { Governor = "performance" },
        Workloads = [.. WorkloadCatalog.Scored.Select(workload => Measured(workload, speed))],
    };

    /// <summary>A result that deserves every mark there is.</summary>
    public static ResultDocument Troubled()
    {
        var result = Document();
        return result with
        {
            Run = result.Run with { Failed = [.. Enum.GetValues<FailureReason>().Select((reason, i) => new WorkloadFailure(result.Workloads[i].Id, reason))] },
            Machine = result.Machine with { Hypervisor = "KVM" },
            Environment = new EnvironmentInfo { Power = PowerSource.Battery, BusyPercent = 40, StealPercent = 3 },
            Workloads =
            [
                .. result.Workloads.Skip(1).Select(measured => measured with
                {
                    Threads = Math.Min(measured.Threads, 8),
                    Samples = [.. Enumerable.Range(0, 30).Select(i => measured.Samples[0] * (1 - 0.01 * i))],
                    CpuShare = [.. Enumerable.Range(0, 30).Select(i => i % 4 == 0 ? 0.5 : 1)],
                }),
            ],
        };
    }

    public static ResultView View(string id, ResultDocument? document = null, bool owned = false)
    {
        var result = document ?? Document();
        return new ResultView
        {
            Id = id,
            MeasuredAt = result.Run.StartedAt,
            SubmittedAt = result.Run.StartedAt,
            Visibility = Visibility.Public,
            Owned = owned,
            CpuId = CpuName.Id(result.Machine.Cpu.Model),
            CpuName = CpuName.Display(result.Machine.Cpu.Model),
            Agent = "pcbench 0.1.0",
            Run = result.Run,
            Machine = result.Machine,
            Environment = result.Environment,
            Scores = [.. ScoreFormula.Of(result).Select(score => new RankedScore(score, new RankInterval(3, 7, 120)))],
            Workloads = [.. result.Workloads.Select(WorkloadView.Of).OfType<WorkloadView>()],
            Marks = [new MarkEvidence(ResultMark.Virtual, "Runs under KVM.", null, [new Statement("virtual", ["KVM"])])],
            Assessment = new Assessment(Fit.Unusual, 14, [new Finding("sort.single", "outlier", "Much faster than its kind.")], "same-model/1"),
        };
    }

    public static LeaderboardRow Row(string id, double value, long from, long to, string cpu = "AMD Ryzen 9 7950X") => new(
        id, new RankInterval(from, to, 120), value, value * 0.98, value * 1.02, CpuName.Id(cpu), cpu, "AMD", 16, 32, 65536,
        OsFamily.Linux, Virtual: false, new DateTimeOffset(2026, 11, 22, 20, 6, 0, TimeSpan.Zero));

    public static LeaderboardPage Page(IReadOnlyList<LeaderboardRow> rows, string? next = null) =>
        new(Board.NameOf(ScoreKind.Single), "points", Better.Higher, 120, rows, next, ["AMD", "Intel"]);

    private static WorkloadResult Measured(Workload workload, double speed)
    {
        var best = workload.Better == Better.Higher ? workload.Reference * speed : workload.Reference / speed;
        return new WorkloadResult
        {
            Id = workload.Id,
            Version = workload.Version,
            Unit = workload.Unit,
            Threads = workload.TakesAllThreads ? 32 : 1,
            Samples = [.. Enumerable.Range(0, 12).Select(i => best * (1 + i % 4 * 0.002 * (workload.Better == Better.Higher ? -1 : 1)))],
            Digest = workload.Digest,
        };
    }
}
