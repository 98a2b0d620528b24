using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Report;

/// <summary>
/// Every sample of a workload as a dot: the better to the right, the first on top. So one look tells spread, outliers and
/// drift.
/// </summary>
internal static class SampleStrip
{
    private const double Width = 240;
    private const double Height = 36;
    private const double Margin = 5;

    public static Html Draw(WorkloadView view)
    {
        var (low, high) = (view.Samples.Min(), view.Samples.Max());
        var (left, right) = Ends(X(view.Median.Low), X(view.Median.High));
        return Html.Of($"""
            <svg viewBox="0 0 240 36" role="img" aria-label="{view.Samples.Count} samples from {Words.Number(low)} to {Words.Number(high)} {view.Unit}">
            <rect class="band" x="{left:F1}" y="0" width="{Math.Max(1, right - left):F1}" height="36" rx="2"/>
            {Html.Join(view.Samples.Select((sample, i) => Html.Of($"""<circle cx="{X(sample):F1}" cy="{Y(i):F1}" r="1.7"/>""")))}
            <line class="figure" x1="{X(view.Figure):F1}" y1="0" x2="{X(view.Figure):F1}" y2="36"/>
            </svg>
            """);

        double X(double value)
        {
            var share = high > low ? (value - low) / (high - low) : 0.5;
            return Margin + (Width - 2 * Margin) * (view.Better == Better.Higher ? share : 1 - share);
        }

        double Y(int i) => Margin + (Height - 2 * Margin) * (view.Samples.Count > 1 ? (double)i / (view.Samples.Count - 1) : 0.5);
    }

    private static (double Left, double Right) Ends(double a, double b) => (Math.Min(a, b), Math.Max(a, b));
}
