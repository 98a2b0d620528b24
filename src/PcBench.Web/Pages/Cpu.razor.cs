using Microsoft.AspNetCore.Components;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Web.Api;
using PcBench.Web.Browser;
using PcBench.Web.Charts;

namespace PcBench.Web.Pages;

public partial class Cpu
{
    private ResultView? marked;
    private CpuImports? imports;

    /// <summary>Id of the model.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    protected override string? Question => $"{Id} {ResultId}";

    [Inject]
    private BrowserStore Store { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "result")]
    private string? ResultId { get; set; }

    /// <inheritdoc/>
    protected override async Task<Answer<CpuView>> AskAsync(CancellationToken cancel)
    {
        var cpu = Client.CpuAsync(Id, cancel);
        marked = string.IsNullOrEmpty(ResultId) ? null : (await Client.ResultAsync(ResultId, await Store.OwnerAsync(ResultId), cancel)).Value;
        imports = (await Client.CpuImportsAsync(Id, cancel)).Value is { Results: > 0 } some ? some : null;
        var answer = await cpu;

        // Of a model that only other programs measured there is this page all the same.
        return answer.Failure?.Kind == FailureKind.NotFound && imports is { } only ? new CpuView(Id, only.Name, "", null, 0, [], []) : answer;
    }

    private double? MarkOf(string board) =>
        marked?.Workloads.FirstOrDefault(workload => workload.Id == board)?.Figure
        ?? marked?.Scores.FirstOrDefault(ranked => Board.NameOf(ranked.Score.Kind) == board)?.Score.Value;

    private Scale ScaleOf(CpuBoard board)
    {
        var ends = board.Percentiles is { } spread ? new[] { spread.P5, spread.P95 } : [board.Low, board.High];
        return Scale.Around([.. ends, board.Low, board.High, MarkOf(board.Board) ?? board.Median], leastShare: 0.1);
    }

    private string Describe(CpuBoard board) => board.Percentiles is { } spread
        ? T.Format("cpu.describe", T.Board(board.Board), T.Figure(board.Median), T.Unit(board.Unit), T.Figure(spread.P5), T.Figure(spread.P95), T.Number(board.Count))
        : T.Format("cpu.describeFew", T.Board(board.Board), T.Figure(board.Median), T.Unit(board.Unit), T.Number(board.Count));
}
