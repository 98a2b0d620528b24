using Microsoft.AspNetCore.Components;
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

    /// <summary>Colour: the class of a score kind.</summary>
    [Parameter]
    public string? Tone { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        scale = Scale.FromZero(Rows.Select(row => row.High));
        reference = Unit == "points" ? ScoreFormula.ReferencePoints : null;
    }

    // Neighbours whose possible places overlap cannot be told apart.
    private bool SharesPlace(int index) => index > 0 && Rows[index].Rank.From <= Rows[index - 1].Rank.To;
}
