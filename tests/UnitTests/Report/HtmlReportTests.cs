using PcBench.Cli.Report;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Report;

public class HtmlReportTests
{
    private const string Hostile = "<script>alert('1')</script>\"><img src=x onerror=alert(2)>&amp;";

    [Fact]
    public void No_name_becomes_markup()
    {
        var report = HtmlReport.Of(Hostile, Document(Hostile, 100));

        report.ShouldNotContain("<script");
        report.ShouldNotContain("<img");
        report.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public void It_needs_neither_network_nor_script()
    {
        var report = HtmlReport.Of("id", Document("AMD EPYC", 100));

        report.ShouldNotContain("http:", Case.Insensitive);
        report.ShouldNotContain("https:", Case.Insensitive);
        report.ShouldNotContain("<script", Case.Insensitive);
        report.ShouldNotContain("url(", Case.Insensitive);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void Every_sample_is_drawn_and_every_coordinate_is_a_number(int samples)
    {
        var report = HtmlReport.Of("id", Document("AMD EPYC", samples));

        report.Split("<circle cx=").Length.ShouldBe(1 + samples * WorkloadCatalog.Scored.Count);
        report.ShouldNotContain("NaN");
        report.ShouldNotContain("∞");
    }

    [Fact]
    public void A_run_of_some_workloads_says_why_it_has_no_score()
    {
        var document = Document("AMD EPYC", 10);

        HtmlReport.Of("id", document with { Workloads = [document.Workloads[0]] }).ShouldContain("No score");
    }

    [Fact]
    public void It_stays_small() => HtmlReport.Of("id", Document("AMD EPYC", 100)).Length.ShouldBeLessThan(200_000);

    private static ResultDocument Document(string name, int samples) => new()
    {
        Schema = ResultDocument.CurrentSchema,
        Agent = new AgentInfo { Name = name, Version = name, Runtime = name, PublicKey = name },
        Run = new RunInfo { StartedAt = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), DurationSeconds = 40, Preset = RunPreset.Quick, BudgetSeconds = 60 },
        Machine = new MachineInfo
        {
            Cpu = new CpuInfo { Vendor = name, Model = name, Sockets = 1, Cores = 2, Threads = 2, Caches = [new CacheInfo { Level = 3, Kind = CacheKind.Unified, SizeKib = 32768, Count = 1 }], InstructionSets = [name] },
            Memory = new MemoryInfo { TotalMib = 24000, Type = name, Modules = [new MemoryModule { SizeMib = 8192, Manufacturer = name }] },
            Disks = [new DiskInfo { Model = name, Kind = DiskKind.Nvme, SizeGib = 100 }],
            Gpus = [new GpuInfo { Model = name }],
            Board = new BoardInfo { Vendor = name },
            Os = new OsInfo { Family = OsFamily.Linux, Name = name, Architecture = "x64" },
            Hypervisor = name,
        },
        Environment = new EnvironmentInfo { Governor = name },
        Workloads = [.. WorkloadCatalog.Scored.Select(workload => new WorkloadResult
        {
            Id = workload.Id,
            Version = workload.Version,
            Unit = workload.Unit,
            Threads = workload.TakesAllThreads ? 2 : 1,
            Samples = [.. Enumerable.Range(0, samples).Select(i => workload.Reference * (1 + i % 7 / 100.0))],
            Digest = workload.Digest,
            Variant = name,
        })],
    };
}
