using PcBench.Contracts.Scoring;

namespace PcBench.Cli.Report;

/// <summary>One logarithmic axis for all scores of a result: the same distance is the same ratio.</summary>
internal sealed class ScoreScale
{
    private const double Width = 200;
    private const double Margin = 1.15;

    private readonly double low;
    private readonly double high;

    private ScoreScale(double low, double high) => (this.low, this.high) = (Math.Log(low), Math.Log(high));

    public static ScoreScale Of(IReadOnlyList<Score> scores) => new(
        Math.Min(ScoreFormula.ReferencePoints, scores.Min(score => score.Low)) / Margin,
        Math.Max(ScoreFormula.ReferencePoints, scores.Max(score => score.High)) * Margin);

    public Html Draw(Score score) => Html.Of($"""
        <svg viewBox="0 0 200 18" role="img" aria-label="{score.Value:F0} points, {Words.Interval(score)}">
        <line class="axis" x1="0" y1="9" x2="200" y2="9"/>
        <line class="reference" x1="{X(ScoreFormula.ReferencePoints):F1}" y1="1" x2="{X(ScoreFormula.ReferencePoints):F1}" y2="17"/>
        <rect class="band" x="{X(score.Low):F1}" y="5" width="{Math.Max(2, X(score.High) - X(score.Low)):F1}" height="8" rx="3"/>
        <circle class="dot" cx="{X(score.Value):F1}" cy="9" r="3.5"/>
        </svg>
        """);

    private double X(double points) => Width * (Math.Log(points) - low) / (high - low);
}
