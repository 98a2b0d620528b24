using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;
using PcBench.Ml.Features.Assess;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Assess;

public sealed class AssessorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Under_five_peers_it_says_that_it_cannot_say(int peers)
    {
        var assessment = Assess(new ResultBuilder().Document(), peers);
        assessment.Fit.ShouldBe(Fit.NotEnoughData);
        assessment.Findings.ShouldBeEmpty();
        assessment.Method.ShouldBe("same-model/2");
    }

    [Theory]
    [InlineData(1.0, Fit.Fits)]
    [InlineData(1.1, Fit.Fits)]
    [InlineData(1.2, Fit.Unusual)]
    [InlineData(1.5, Fit.Flagged)]
    [InlineData(0.85, Fit.Unusual)]
    [InlineData(0.2, Fit.Unusual)]
    public void A_result_is_judged_by_its_distance_from_its_peers(double speed, Fit fit)
    {
        var assessment = Assess(new ResultBuilder { Speed = speed }.Document(), 12);
        assessment.Fit.ShouldBe(fit);
        assessment.Peers.ShouldBe(12);
    }

    [Fact]
    public void The_reason_names_the_workload_the_ratio_and_the_peers()
    {
        var finding = Assess(new ResultBuilder { Factors = { ["sort.single"] = 2.1 } }.Document(), 14).Findings.ShouldHaveSingleItem();
        (finding.Board, finding.Code).ShouldBe(("sort.single", "outlier"));
        finding.Text.ShouldStartWith("sort.single is 2.10 times as good as the median of 14 results of this CPU model");
        finding.Statement!.Code.ShouldBe("outlier.above");
        finding.Statement.Values.Take(2).ShouldBe(["2.10", "14"]);
    }

    [Fact]
    public void The_weightiest_reason_comes_first()
    {
        var findings = Assess(new ResultBuilder { Factors = { ["sort.single"] = 1.2, ["json.single"] = 3, ["sha-256.single"] = 0.1 } }.Document(), 14).Findings;
        findings.Select(finding => finding.Board).ShouldBe(["json.single", "sha-256.single", "sort.single"]);
    }

    [Fact]
    public void Where_the_peers_differ_much_a_difference_says_little()
    {
        var result = new ResultBuilder { Speed = 1.5 }.Document();
        var wide = new[] { 0.5, 0.7, 0.9, 1.0, 1.3, 1.6, 2.0 };
        Assessor.Assess(new AssessRequest(result, WorkloadCatalog.Scored.ToDictionary(
            workload => workload.Id, workload => (IReadOnlyList<double>)[.. wide.Select(factor => workload.Reference * factor)]))).Fit.ShouldBe(Fit.Fits);
    }

    [Fact]
    public void The_processor_says_nothing_of_the_disk_and_little_of_the_memory()
    {
        Assess(new ResultBuilder { Factors = { ["storage-read-random"] = 50 } }.Document(), 12).Fit.ShouldBe(Fit.Fits);
        Assess(new ResultBuilder { Factors = { ["memory-latency"] = 3 } }.Document(), 12).Fit.ShouldBe(Fit.Unusual);
    }

    [Fact]
    public void More_than_all_threads_can_do_is_flagged_without_any_peer()
    {
        var assessment = Assess(new ResultBuilder { Cores = 2, Factors = { ["sort.multi"] = 4 } }.Document(), 0);
        assessment.Fit.ShouldBe(Fit.Flagged);
        assessment.Findings.ShouldHaveSingleItem().Code.ShouldBe("inconsistent");
    }

    [Fact]
    public void What_no_core_can_do_is_flagged_without_any_peer_and_what_the_fastest_do_is_not()
    {
        Assess(new ResultBuilder { Speed = 2.2, Factors = { ["aes-gcm.single"] = 2.5, ["aes-gcm.multi"] = 2.5 } }.Document(), 0).Fit.ShouldBe(Fit.NotEnoughData);

        var one = Assess(new ResultBuilder { Factors = { ["sort.single"] = 7 } }.Document(), 0);
        one.Fit.ShouldBe(Fit.Flagged);
        one.Findings.ShouldHaveSingleItem().Text.ShouldBe("sort.single is 7.0 times that of the reference machine: no core on sale reaches 6 times.");

        var all = Assess(new ResultBuilder { Speed = 4 }.Document(), 0);
        all.Fit.ShouldBe(Fit.Flagged);
        all.Findings.ShouldHaveSingleItem().Board.ShouldBe("single");
    }

    [Fact]
    public void Steal_and_drift_are_unusual()
    {
        var result = new ResultBuilder().Document();
        var stolen = result with { Environment = result.Environment with { StealPercent = 12 } };
        var slowing = result with
        {
            Workloads = [.. result.Workloads.Select(measured => measured with { Samples = [.. measured.Samples.Select((sample, i) => sample * (1 - 0.04 * i))] })],
        };

        Assess(stolen, 0).Findings.ShouldHaveSingleItem().Code.ShouldBe("steal");
        Assess(slowing, 0).Findings.ShouldHaveSingleItem().Code.ShouldBe("drift");
        Assess(slowing, 0).Fit.ShouldBe(Fit.Unusual);
    }

    private static Assessment Assess(ResultDocument result, int peers) => Assessor.Assess(new AssessRequest(result, FiguresOf(peers)));

    /// <summary>Figures of machines like the reference, each a little different.</summary>
    private static Dictionary<string, IReadOnlyList<double>> FiguresOf(int peers) => WorkloadCatalog.Scored.ToDictionary(
        workload => workload.Id,
        workload => (IReadOnlyList<double>)[.. Enumerable.Range(0, peers).Select(i =>
            SampleStatistics.FigureOf(workload, [workload.Reference * (1 + 0.01 * Math.Sin(i))]).Value)]);
}
