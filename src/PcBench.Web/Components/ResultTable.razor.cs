using Microsoft.AspNetCore.Components;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Scoring;
using PcBench.Web.Charts;

namespace PcBench.Web.Components;

public partial class ResultTable
{
    private Scale scale;
    private double? reference;

    /// <summary>Rows, best first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LeaderboardRow> Rows { get; set; } = [];

    /// <summary>Unit of the values.</summary>
    [Parameter, EditorRequired]
    public string Unit { get; set; } = "";

    /// <summary>What the table holds.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    /// <summary>Board of the rows that name none.</summary>
    [Parameter, EditorRequired]
    public string BoardName { get; set; } = "";

    /// <summary>Colour: the class of a score kind.</summary>
    [Parameter]
    public string? Tone { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        scale = Scale.FromZero(Rows.Where(row => OtherBoard(row) is null).Select(row => row.High));
        reference = Unit == "points" ? ScoreFormula.ReferencePoints : null;
    }

    // A tenth of a point says nothing.
    private string Text(double value) => Unit == "points" ? T.Number(value) : T.Figure(value);

    // Where lists mix boards, a row of another board is no matter of this scale, nor of its neighbours' places.
    private Board? OtherBoard(LeaderboardRow row) =>
        row.Board is { } name && name != BoardName ? Board.Find(name) : null;

    // Neighbours whose possible places overlap cannot be told apart.
    private bool SharesPlace(int index) =>
        index > 0 && Rows[index].Board is null && Rows[index].Rank.From <= Rows[index - 1].Rank.To;
}
