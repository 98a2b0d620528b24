using PcBench.Contracts.Workloads;

namespace PcBench.Bench.Results;

/// <summary>
/// What a machine reaches in a workload: its model's speed, times how lucky this piece is (cooling, memory, settings: one
/// factor for all its workloads), times how its workloads differ; each factor spread log-normally.
/// </summary>
internal sealed class SyntheticFigures(CpuModel model, Random random)
{
    private readonly double luck = random.Factor(0.04);
    private readonly double disk = random.Factor(0.5);

    /// <summary>The figure, in the workload's unit.</summary>
    public double Of(Workload workload)
    {
        var better = Scale(workload) * random.Factor(workload.Kind == ScoreKind.Storage ? 0.15 : 0.015);
        return workload.Better == Better.Higher ? workload.Reference * better : workload.Reference / better;
    }

    // How many times the reference machine's, which has two threads.
    private double Scale(Workload workload) => workload.Kind switch
    {
        ScoreKind.Single => model.Speed * luck,
        ScoreKind.Multi => model.Speed * luck * model.Cores * (model.Threads > model.Cores ? 1.15 : 0.95) / 2,
        ScoreKind.Memory when workload.Id.EndsWith(".multi", StringComparison.Ordinal) => luck * Math.Min(0.4 + 0.15 * model.Cores, 4),
        ScoreKind.Memory => luck * (0.5 + 0.4 * model.Speed),
        _ => disk,
    };
}
