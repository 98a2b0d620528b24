using System.Globalization;
using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;

namespace PcBench.Web.Charts;

public partial class HistogramChart
{
    private const int Top = 12;
    private const int Bars = 76;

    private Scale scale;
    private int most;

    /// <summary>Counts in equal steps.</summary>
    [Parameter, EditorRequired]
    public Histogram Data { get; set; } = new(0, 1, []);

    /// <summary>What the picture says, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Unit of the values.</summary>
    [Parameter]
    public string? Unit { get; set; }

    /// <summary>The middle of the results.</summary>
    [Parameter]
    public double? Median { get; set; }

    /// <summary>One result to mark.</summary>
    [Parameter]
    public double? Value { get; set; }

    /// <summary>Colour: the class of a score kind.</summary>
    [Parameter]
    public string? Tone { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        double[] edges = [Data.From, Data.From + Data.Width * Data.Counts.Count];
        var shown = Value is { } value ? edges.Append(value) : edges;
        scale = Scale.Around([.. shown]);
        most = Math.Max(1, Data.Counts.DefaultIfEmpty().Max());
    }

    private static string Px(double pixels) => pixels.ToString("0.##", CultureInfo.InvariantCulture);
}
