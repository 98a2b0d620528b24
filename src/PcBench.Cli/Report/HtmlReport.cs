using PcBench.Contracts.Results;

namespace PcBench.Cli.Report;

internal static class HtmlReport
{
    public static string Of(string id, ResultDocument result) => $"<!doctype html><title>{id}</title>{result.Run.Preset}";
}
