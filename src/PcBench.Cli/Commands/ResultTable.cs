using PcBench.Cli.Report;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary>A result for people at a terminal: scores, figures, marks. It fits 80 columns.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, string id, ResultDocument result)
    {
        console.MarkupLineInterpolated($"[bold]{CpuName.Display(result.Machine.Cpu.Model)}[/]  {Words.Threads(result.Machine.Cpu.Threads)}, {Words.Gib(result.Machine.Memory.TotalMib)}, {result.Machine.Os.Name}");
        console.MarkupLineInterpolated($"[dim]{id}  {result.Run.StartedAt:yyyy-MM-dd HH:mm} UTC  {result.Run.Preset.ToString().ToLowerInvariant()}, {result.Run.DurationSeconds:F0} s[/]");
        console.WriteLine();
        var scores = ScoreFormula.Of(result);
        if (scores.Count > 0)
            console.MarkupLineInterpolated($"[dim]{"score",-12} {"points",6}  95 % interval; the reference machine has {ScoreFormula.ReferencePoints:F0}[/]");
        foreach (var score in scores)
            console.MarkupLineInterpolated($"{Words.Kind(score.Kind),-12} [bold]{score.Value,6:F0}[/]  [dim]{Words.Interval(score)}[/]");
        if (scores.Count == 0)
            console.WriteLine("No score: a score needs all workloads of its kind.");
        console.WriteLine();
        var views = result.Workloads.Select(WorkloadView.Of).OfType<WorkloadView>().ToLookup(view => view.Points is not null);
        if (views[true].Any())
            WriteFigures(console, [.. views[true]]);
        if (views[false].Any())
            WriteUnscored(console, views[false]);
        foreach (var mark in ResultMarks.Of(result))
            console.MarkupLineInterpolated($"[yellow]{mark.Mark.ToString().ToLowerInvariant()}:[/] {mark.Evidence} {mark.Advice ?? ""}");
    }

    private static void WriteFigures(IAnsiConsole console, IReadOnlyList<WorkloadView> views)
    {
        var table = new Table().NoBorder().AddColumns(
            Column("workload"), Column("figure").RightAligned(), Column("unit"), Column("median [[95 % interval]]").RightAligned(),
            Column("spread").RightAligned(), Column("n").RightAligned().PadRight(0));
        foreach (var view in views)
        {
            table.AddRow(
                Markup.Escape(view.Id),
                view.Agreed ? $"[bold]{Words.Number(view.Figure)}[/]" : $"[yellow]?[/] [bold]{Words.Number(view.Figure)}[/]",
                Markup.Escape(view.Unit),
                Markup.Escape($"{Words.Number(view.Median.Median)} [{Words.Number(view.Median.Low)}, {Words.Number(view.Median.High)}]"),
                $"{100 * view.CoefficientOfVariation:F1} %",
                $"{view.Samples.Count}");
        }

        console.Write(table);
        if (views.Any(view => !view.Agreed))
            console.MarkupLine("[yellow]?[/] the samples do not agree on the figure");
        console.WriteLine();
    }

    /// <summary>What is not scored is there to explain what is: a figure each, and how sure it is.</summary>
    private static void WriteUnscored(IAnsiConsole console, IEnumerable<WorkloadView> views)
    {
        var table = new Table().NoBorder().AddColumns(
            Column("not scored"), Column("figure").RightAligned(), Column("unit"), Column("spread").RightAligned(), Column("n").RightAligned().PadRight(0));
        foreach (var view in views)
        {
            table.AddRow(
                Markup.Escape(view.Id), view.Agreed ? Words.Number(view.Figure) : $"[yellow]?[/] {Words.Number(view.Figure)}", Markup.Escape(view.Unit),
                $"{100 * view.CoefficientOfVariation:F1} %", $"{view.Samples.Count}");
        }

        console.Write(table);
        console.WriteLine();
    }

    private static TableColumn Column(string title) => new TableColumn($"[dim]{title}[/]").NoWrap().PadLeft(0).PadRight(1);
}
