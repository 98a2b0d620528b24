using PcBench.Cli.Report;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary>Compared results for people at a terminal: each of the others in a table of its own against the first.</summary>
internal static class ComparisonTable
{
    public static void Write(IAnsiConsole console, CompareView view)
    {
        for (var i = 0; i < view.Results.Count; i++)
        {
            var result = view.Results[i];
            console.MarkupLineInterpolated($"[bold]{Letter(i)}[/] {result.CpuName}  [dim]{result.Id}  {result.MeasuredAt:yyyy-MM-dd HH:mm} UTC[/]");
            foreach (var score in result.Scores)
                console.MarkupLineInterpolated($"  {Words.Kind(score.Kind),-12} {score.Value,6:F0}  [dim]{Words.Interval(score)}[/]");
        }

        for (var i = 1; i < view.Results.Count; i++)
        {
            console.WriteLine();
            WriteAgainstFirst(console, view, i);
        }

        if (view.Differences.Count > 0)
            WriteDifferences(console, view);
    }

    private static void WriteAgainstFirst(IAnsiConsole console, CompareView view, int other)
    {
        var table = new Table().NoBorder().AddColumns(
            Column("workload"), Column("median A").RightAligned(), Column($"median {Letter(other)}").RightAligned(), Column("unit"),
            Column($"{Letter(other)} against A").RightAligned(), Column("").PadRight(0));
        foreach (var workload in view.Workloads)
        {
            if (workload.Figures[0] is { } first && workload.Figures[other] is { ToFirst: { } ratio } second)
            {
                table.AddRow(
                    Markup.Escape(workload.Id), Words.Number(first.Median.Median), Words.Number(second.Median.Median), Markup.Escape(workload.Unit),
                    Markup.Escape($"{ratio.Ratio:F2} [{ratio.Low:F2}, {ratio.High:F2}]"), Verdict(ratio.Verdict));
            }
        }

        console.Write(table);
    }

    private static void WriteDifferences(IAnsiConsole console, CompareView view)
    {
        console.WriteLine();
        var table = new Table().NoBorder().AddColumn(Column("differs"));
        for (var i = 0; i < view.Results.Count; i++)
            table.AddColumn(new TableColumn($"[dim]{Letter(i)}[/]"));
        foreach (var difference in view.Differences)
            table.AddRow([Markup.Escape(difference.Field), .. difference.Values.Select(value => Markup.Escape(value ?? "unknown"))]);
        console.Write(table);
    }

    private static char Letter(int i) => (char)('A' + i);

    private static string Verdict(Verdict verdict) => verdict switch
    {
        Contracts.Statistics.Verdict.Better => "[green]better[/]",
        Contracts.Statistics.Verdict.Worse => "[red]worse[/]",
        _ => "[dim]undecided[/]",
    };

    private static TableColumn Column(string title) => new TableColumn($"[dim]{title}[/]").NoWrap().PadLeft(0).PadRight(1);
}
