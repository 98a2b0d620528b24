using PcBench.Contracts.Api;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Report;

/// <summary>Numbers and names as people read them, at the terminal and in the report.</summary>
internal static class Words
{
    /// <summary>Four significant digits without an exponent: <c>0.9876</c>, <c>45.03</c>, <c>15230</c>.</summary>
    public static string Number(double value)
    {
        var digits = value > 0 ? Math.Clamp(3 - (int)Math.Floor(Math.Log10(value)), 0, 6) : 0;
        return value.ToString($"F{digits}");
    }

    public static string Gib(int mib) => $"{Math.Round(mib / 1024.0, mib < 10 * 1024 ? 1 : 0)} GiB";

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    public static string Threads(int count) => Count(count, "thread");

    public static string Kind(ScoreKind kind) => kind switch
    {
        ScoreKind.Single => "One thread",
        ScoreKind.Multi => "All threads",
        ScoreKind.Gpu => "GPU",
        _ => kind.ToString(),
    };

    /// <summary>A visibility, and what it means.</summary>
    public static string Visibility(Visibility visibility) => visibility switch
    {
        Contracts.Api.Visibility.Private => "private: you alone see it",
        Contracts.Api.Visibility.Unlisted => "unlisted: whoever has the address sees it",
        _ => "public: everybody sees it",
    };

    public static string Interval(Score score) => $"{score.Low:F0} to {score.High:F0}";
}
