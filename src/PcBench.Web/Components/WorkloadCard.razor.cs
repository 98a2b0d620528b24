using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;
using PcBench.Web.Charts;

namespace PcBench.Web.Components;

public partial class WorkloadCard
{
    // Under 9 samples nothing can be said of the course of a run.
    private const int LeastForDrift = 9;

    private string name = "";
    private string unit = "";
    private string description = "";
    private string doubt = "";
    private double? drift;

    /// <summary>The workload.</summary>
    [Parameter, EditorRequired]
    public WorkloadView Workload { get; set; } = null!;

    /// <summary>Scale of the points, shared by all cards.</summary>
    [Parameter, EditorRequired]
    public Scale Scale { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        name = T.Board(Workload.Id, Workload.Title);
        unit = T.Unit(Workload.Unit);
        var known = WorkloadCatalog.Find(Workload.Id);
        drift = known is not null && Workload.Samples.Count >= LeastForDrift ? ResultMarks.DriftOf(known, Workload.Samples) : null;
        doubt = Workload.Samples.Count < SampleStatistics.AgreeingSamples ? "workload.few"
            : known?.Figure == FigureRule.Median ? "workload.unsteady"
            : "workload.disagree";
        description = T.Format(
            "strip.description", T.Number(Workload.Samples.Count), T.Figure(Workload.Samples.Min()), T.Figure(Workload.Samples.Max()), unit,
            T.Figure(Workload.Median.Median), T.Figure(Workload.Figure));
    }
}
