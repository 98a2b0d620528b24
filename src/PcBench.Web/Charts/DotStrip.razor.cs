using System.Globalization;
using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Statistics;

namespace PcBench.Web.Charts;

public partial class DotStrip
{
    // Where all samples are within a few per cent, they should look so and not fill the picture with noise.
    private const double LeastShare = 0.04;

    private static int made;
    private readonly string titleId = $"strip-{++made}";
    private string descId = "";
    private Scale scale;

    /// <summary>Samples, in order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<double> Samples { get; set; } = [];

    /// <summary>Their median with its interval.</summary>
    [Parameter, EditorRequired]
    public MedianInterval Median { get; set; }

    /// <summary>The figure that counts.</summary>
    [Parameter, EditorRequired]
    public double Figure { get; set; }

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What the picture says, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    /// <summary>Height in pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 64;

    private string Radius => Samples.Count switch { <= 60 => "3", <= 200 => "2.2", _ => "1.6" };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        descId = titleId + "-text";
        scale = Scale.Around([.. Samples, Median.Low, Median.High, Figure], LeastShare);
    }

    // Half a step of air at both ends keeps the dots inside.
    private string X(int index) => ((index + 0.5) * 100 / Samples.Count).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private bool IsBest(double sample) => Math.Abs(sample - Figure) <= SampleStatistics.AgreementTolerance * Figure;
}
