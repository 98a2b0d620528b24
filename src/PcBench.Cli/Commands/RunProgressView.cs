using System.Diagnostics;
using PcBench.Cli.Measure;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary>
/// Shows how far a run is. It draws only between samples, when it is told, and never from a thread of its own: that would
/// take the processor from what is measured.
/// </summary>
internal static class RunProgressView
{
    private static readonly TimeSpan BetweenDraws = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="work"/> beside a bar, or a line now and then where nobody watches a terminal.</summary>
    public static T Show<T>(IAnsiConsole console, Func<Action<RunProgress>, T> work) =>
        console.Profile.Capabilities.Interactive ? WithBar(console, work) : work(Lines(console));

    private static T WithBar<T>(IAnsiConsole console, Func<Action<RunProgress>, T> work) =>
        console.Progress().AutoRefresh(false).AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("Starting", maxValue: 1);
                var drawn = 0L;
                return work(progress =>
                {
                    if (Stopwatch.GetElapsedTime(drawn) < BetweenDraws)
                        return;
                    drawn = Stopwatch.GetTimestamp();
                    bar.Description = Markup.Escape($"{Left(progress)}  {progress.Activity}");
                    bar.Value = Math.Max(bar.Value, progress.Share); // an estimate may grow; a bar that goes back only worries
                    context.Refresh();
                });
            });

    private static Action<RunProgress> Lines(IAnsiConsole console)
    {
        var written = 0L;
        return progress =>
        {
            if (written != 0 && Stopwatch.GetElapsedTime(written) < BetweenLines)
                return;
            written = Stopwatch.GetTimestamp();
            console.MarkupLineInterpolated($"{100 * progress.Share,3:F0} %  {Left(progress)}  {progress.Activity}");
        };
    }

    private static string Left(RunProgress progress) => $"{Math.Ceiling(Math.Max(0, progress.Left.TotalSeconds)),3:F0} s left";
}
