using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Scoring;

public class ScoreFormulaTests
{
    [Fact]
    public void The_reference_machine_has_1000_points_in_every_score()
    {
        var scores = ScoreFormula.Of(Measured(workload => workload.Reference));

        scores.Select(score => score.Kind).ShouldBe(WorkloadCatalog.ScoredKinds);
        scores.ShouldAllBe(score => Math.Abs(score.Value - 1000) < 1e-6);
    }

    [Fact]
    public void A_machine_twice_as_good_in_everything_has_2000_points()
    {
        var scores = ScoreFormula.Of(Measured(workload => workload.Better == Better.Higher ? 2 * workload.Reference : workload.Reference / 2));

        scores.ShouldAllBe(score => Math.Abs(score.Value - 2000) < 1e-6);
    }

    [Fact]
    public void The_weights_of_each_score_add_up_to_one() =>
        WorkloadCatalog.Scored.GroupBy(workload => workload.Kind)
            .ShouldAllBe(kind => Math.Abs(kind.Sum(workload => workload.Weight) - 1) < 1e-12);

    [Fact]
    public void A_score_with_a_workload_missing_is_not_given()
    {
        var scores = ScoreFormula.Of([.. Measured(workload => workload.Reference).Where(measured => measured.Id != "sort.single")]);

        scores.Select(score => score.Kind).ShouldBe([ScoreKind.Multi, ScoreKind.Memory, ScoreKind.Storage]);
    }

    [Fact]
    public void Samples_that_do_not_agree_widen_the_interval()
    {
        var steady = ScoreFormula.Of(Measured(workload => workload.Reference))[0];
        var noisy = ScoreFormula.Of(Measured(workload => workload.Reference, noise: 0.05))[0];

        (steady.High / steady.Low).ShouldBeLessThan(1.05);
        (noisy.High / noisy.Low).ShouldBeGreaterThan(1.1);
    }

    [Fact]
    public void The_spread_between_runs_does_not_average_out_over_workloads()
    {
        foreach (var score in ScoreFormula.Of(Measured(workload => workload.Reference)))
            Math.Log(score.High / score.Value).ShouldBe(1.96 * ScoreFormula.BetweenRuns(score.Kind), 1e-4, $"{score.Kind}");
    }

    [Fact]
    public void Every_value_of_a_result_has_a_board() =>
        Board.All.Select(board => board.Name).Distinct().Count().ShouldBe(WorkloadCatalog.Scored.Count + WorkloadCatalog.ScoredKinds.Count);

    private static List<WorkloadResult> Measured(Func<Workload, double> figure, double noise = 0) =>
    [
        .. WorkloadCatalog.Scored.Select(workload => new WorkloadResult
        {
            Id = workload.Id,
            Version = workload.Version,
            Unit = workload.Unit,
            Threads = 1,
            Digest = workload.Digest,
            Samples = [.. Enumerable.Range(0, 10).Select(i => figure(workload) * (1 - noise * i))],
        }),
    ];
}
