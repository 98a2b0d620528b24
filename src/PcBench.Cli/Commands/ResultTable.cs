using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary>A result for people at a terminal: scores, figures, marks.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, string id, ResultDocument result)
    {
        console.MarkupLineInterpolated($"[bold]{CpuName.Display(result.Machine.Cpu.Model)}[/]  {Words.Threads(result.Machine.Cpu.Threads)}, {Words.Gib(result.Machine.Memory.TotalMib)}, {result.Machine.Os.Name}");
        console.MarkupLineInterpolated($"[dim]{id}  {result.Run.StartedAt:yyyy-MM-dd HH:mm} UTC  {result.Run.Preset.ToString().ToLowerInvariant()}, {result.Run.DurationSeconds:F0} s[/]");
        console.WriteLine();
        WriteScores(console, result);
        console.Write(Figures(result));
        foreach (var mark in ResultMarks.Of(result))
        {
            console.MarkupLineInterpolated($"[yellow]{mark.Mark.ToString().ToLowerInvariant()}:[/] {mark.Evidence} {mark.Advice ?? ""}");
        }
    }

    private static void WriteScores(IAnsiConsole console, ResultDocument result)
    {
        foreach (var score in ScoreFormula.Of(result))
            console.MarkupLineInterpolated($"{Words.Kind(score.Kind),-16} [bold]{score.Value,6:F0}[/]  [dim]{Words.Interval(score)}[/]");
        console.WriteLine();
    }

    private static Table Figures(ResultDocument result)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("workload")
            .AddColumn(new TableColumn("figure").RightAligned())
            .AddColumn("unit")
            .AddColumn(new TableColumn("median [[95 % interval]]").RightAligned())
            .AddColumn(new TableColumn("spread").RightAligned())
            .AddColumn(new TableColumn("n").RightAligned())
            .AddColumn("agreed");
        foreach (var view in result.Workloads.Select(WorkloadView.Of).OfType<WorkloadView>())
        {
            table.AddRow(
                Markup.Escape(view.Id),
                $"[bold]{Words.Number(view.Figure)}[/]",
                Markup.Escape(view.Unit),
                Markup.Escape($"{Words.Number(view.Median.Median)} [{Words.Number(view.Median.Low)}, {Words.Number(view.Median.High)}]"),
                $"{100 * view.CoefficientOfVariation:F1} %",
                $"{view.Samples.Count}",
                view.Agreed ? "yes" : "[yellow]no[/]");
        }

        return table;
    }
}
