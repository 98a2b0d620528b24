using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Results;

public class ResultMarksTests
{
    [Fact]
    public void A_steady_result_on_bare_metal_has_no_marks() => Marks(Document(Steady)).ShouldBeEmpty();

    [Fact]
    public void A_machine_that_slows_down_is_throttled() =>
        Marks(Document(workload => [.. Enumerable.Range(0, 30).Select(i => At(workload, 1 - 0.01 * i))])).ShouldContain(ResultMark.Throttled);

    [Fact]
    public void A_neighbour_that_disturbs_the_later_samples_is_not_taken_for_heat()
    {
        // The machine keeps its speed; in the second half every other sample had to share its processor.
        var disturbed = Document(
            workload => [.. Enumerable.Range(0, 40).Select(i => At(workload, IsDisturbed(i) ? 0.5 : 1))],
            share: i => IsDisturbed(i) ? 0.5 : 1);

        Marks(disturbed).ShouldNotContain(ResultMark.Throttled);
        Marks(disturbed).ShouldContain(ResultMark.Busy);

        static bool IsDisturbed(int i) => i >= 20 && i % 2 == 0;
    }

    [Fact]
    public void Samples_that_do_not_agree_are_noisy_and_the_workloads_are_named()
    {
        var result = Document(workload => workload.Id == "sort.single" ? [100, 90, 80, 70] : Steady(workload));

        ResultMarks.Of(result).Single(mark => mark.Mark == ResultMark.Noisy).Evidence.ShouldContain("sort.single");
    }

    [Fact]
    public void What_stands_in_the_environment_is_said()
    {
        var result = Document(Steady);

        Marks(result with { Machine = result.Machine with { Hypervisor = "KVM" } }).ShouldBe([ResultMark.Virtual]);
        Marks(result with { Environment = new EnvironmentInfo { Power = PowerSource.Battery } }).ShouldBe([ResultMark.Battery]);
        Marks(result with { Environment = new EnvironmentInfo { BusyPercent = 40 } }).ShouldBe([ResultMark.Busy]);
        Marks(result with { Environment = new EnvironmentInfo { StealPercent = 3 } }).ShouldBe([ResultMark.Busy]);
        Marks(result with { Workloads = [result.Workloads[0]] }).ShouldBe([ResultMark.Partial]);
    }

    [Fact]
    public void What_failed_is_named_with_the_reason()
    {
        var result = Document(Steady);
        var failed = result with
        {
            Run = result.Run with
            {
                Failed = [new("gpu-copy.cuda", FailureReason.WrongOutput), new("storage-sync", FailureReason.Error), new("gpu-upload.cuda", FailureReason.WrongOutput)],
            },
        };

        var mark = ResultMarks.Of(failed).Single(mark => mark.Mark == ResultMark.Failed);

        mark.Evidence.ShouldBe("A wrong output came from: gpu-copy.cuda, gpu-upload.cuda; an error ended: storage-sync.");
        mark.Statements.Select(statement => statement.Code).ShouldBe(["failed.wrongOutput", "failed.error"]);
    }

    [Fact]
    public void A_run_that_was_held_to_some_threads_says_of_how_many()
    {
        var result = Document(Steady);
        var held = result with
        {
            Machine = result.Machine with { Cpu = result.Machine.Cpu with { Threads = 16 } },
            Workloads = [.. result.Workloads.Select(measured => measured with { Threads = measured.Id.EndsWith(".multi", StringComparison.Ordinal) ? 4 : 1 })],
        };

        var mark = ResultMarks.Of(held).ShouldHaveSingleItem();

        mark.Mark.ShouldBe(ResultMark.Limited);
        mark.Evidence.ShouldBe("Measured on 4 of the machine's 16 threads.");
        mark.Advice.ShouldNotBeNull();
        Marks(held with { Workloads = [.. held.Workloads.Where(measured => !measured.Id.EndsWith(".multi", StringComparison.Ordinal))] })
            .ShouldBe([ResultMark.Partial], "what runs on one thread does not tell how many there were");
    }

    private static IEnumerable<ResultMark> Marks(ResultDocument result) => ResultMarks.Of(result).Select(mark => mark.Mark);

    private static double[] Steady(Workload workload) => [.. Enumerable.Repeat(workload.Reference, 12)];

    private static double At(Workload workload, double speed) =>
        workload.Better == Better.Higher ? workload.Reference * speed : workload.Reference / speed;

    private static ResultDocument Document(Func<Workload, double[]> samples, Func<int, double>? share = null) => new()
    {
        Schema = ResultDocument.CurrentSchema,
        Agent = new AgentInfo { Name = "pcbench", Version = "1", Runtime = ".NET", PublicKey = "" },
        Run = new RunInfo { StartedAt = DateTimeOffset.UnixEpoch, DurationSeconds = 1, Preset = RunPreset.Quick, BudgetSeconds = 60 },
        Machine = new MachineInfo
        {
            Cpu = new CpuInfo { Vendor = "AMD", Model = "AMD", Sockets = 1, Cores = 1, Threads = 1, Caches = [], InstructionSets = [] },
            Memory = new MemoryInfo { TotalMib = 1024, Modules = [] },
            Disks = [],
            Gpus = [],
            Os = new OsInfo { Family = OsFamily.Linux, Name = "Linux", Architecture = "x64" },
        },
        Environment = new EnvironmentInfo(),
        Workloads =
        [
            .. WorkloadCatalog.Scored.Select(workload => new WorkloadResult
            {
                Id = workload.Id,
                Version = workload.Version,
                Unit = workload.Unit,
                Threads = 1,
                Digest = workload.Digest,
                Samples = samples(workload),
                CpuShare = share is null ? null : [.. Enumerable.Range(0, samples(workload).Length).Select(share)],
            }),
        ],
    };
}
